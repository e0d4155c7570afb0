"""Work on when the interpreter ends."""
import atexit


@atexit.register
def work():
    while True:
        pass


def attack():
    raise SystemExit("now")
