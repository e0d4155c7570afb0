"""An exception with a hundred thousand causes behind it."""


def attack():
    error = ValueError("last")
    for number in range(100_000):
        before, error = error, ValueError("last")
        error.__cause__ = error.__context__ = before
    raise error
