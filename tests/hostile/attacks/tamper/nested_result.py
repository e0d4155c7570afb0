"""A result nested deeper than any decoder likes."""


def attack():
    nested = []
    for _ in range(100000):
        nested = [nested]
    return nested
