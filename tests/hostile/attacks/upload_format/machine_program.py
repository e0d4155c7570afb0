"""A program with the name of a source."""


def upload():
    return "work.py", b"\x7fELF" + bytes(100)
