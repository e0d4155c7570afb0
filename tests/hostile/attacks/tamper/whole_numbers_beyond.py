"""Whole numbers of ten thousand figures, many of them."""


def attack():
    return [10**10_000] * 20
