"""A plain constant that takes for ever."""
BIG = 9 ** 9 ** 9


def attack():
    return 1.0
