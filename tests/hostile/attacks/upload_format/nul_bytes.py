"""A NUL in the middle of a line."""


def upload():
    return "work.py", b"x = 1\0import os\n"
