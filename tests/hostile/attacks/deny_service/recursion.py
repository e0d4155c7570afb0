"""Recurse as Python allows."""


def attack():
    return attack()
