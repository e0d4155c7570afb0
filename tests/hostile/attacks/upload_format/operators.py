"""A chain of operators as long as a file may be."""


def upload():
    return "work.py", b"x = " + b"-" * 1000000 + b"1"
