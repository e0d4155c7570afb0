"""A name that leads to another folder."""


def upload():
    return "../../left.py", b"x = 1"
