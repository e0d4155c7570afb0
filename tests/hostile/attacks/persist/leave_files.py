"""Leave something for the next student."""
import os


def attack():
    left = []
    for path in ("/tmp/left", "/dev/shm/left", "left", os.path.dirname(os.__file__) + "/left.py"):
        try:
            open(path, "w").write("left")
        except OSError as error:
            left.append(type(error).__name__)
    return left
