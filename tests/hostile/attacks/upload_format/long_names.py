"""A function whose name is most of the file."""


def upload():
    return "work.py", b"def " + b"f" * 900000 + b"(): pass"
