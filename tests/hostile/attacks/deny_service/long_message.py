"""Complain at length."""


def attack():
    raise ValueError("x" * 100000000)
