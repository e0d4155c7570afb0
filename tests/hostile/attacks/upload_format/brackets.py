"""A million brackets, as many as fit."""


def upload():
    return "work.py", b"x = " + b"(" * 1000000
