"""Write a second answer when the interpreter ends."""
import atexit
import os


def attack():
    atexit.register(os.write, 3, b"more")
    return 1.0
