"""A number of a million digits."""


def upload():
    return "work.py", b"x = " + b"9" * 1000000
