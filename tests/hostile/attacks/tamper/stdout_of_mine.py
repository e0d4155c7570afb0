"""A standard output that does as it likes."""
import sys


class Stream:
    def flush(self):
        raise SystemExit

    def write(self, text):
        raise KeyboardInterrupt


def attack():
    sys.stdout = sys.stderr = Stream()
    return 1.0
