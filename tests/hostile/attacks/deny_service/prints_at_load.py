"""Print without end while the file loads."""
import os


class Net:
    while True:
        os.write(1, b"flood " * 1000)


def attack():
    return 1.0
