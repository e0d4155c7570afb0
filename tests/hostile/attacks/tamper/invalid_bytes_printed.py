"""Prints that are no text."""
import os


def attack():
    os.write(1, bytes(range(256)))
    os.write(2, b"\xff\xfe\xed\xa0\x80")
    return 1.0
