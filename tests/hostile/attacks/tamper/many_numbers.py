"""A list of a million numbers: a few bytes each on the way, an object each where they are read."""


def attack():
    return [1.5] * 1_000_000
