"""A name of five thousand characters."""


def upload():
    return "x" * 5000 + ".py", b"x = 1"
