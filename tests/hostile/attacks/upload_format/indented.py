"""Blocks within blocks until the parser gives up."""


def upload():
    return "work.py", b"".join(b" " * depth + b"if 1:\n" for depth in range(1000))
