"""A constant that the compiler computes before anything runs."""


def attack():
    return len(((1,) * 250, (2,) * 250) * 100)
