"""A sum so long that a compiler recurses through it."""


def upload():
    return "work.py", b"x = 1" + b"+1" * 500000
