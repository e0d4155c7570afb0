"""Raise the error that is told from others by its type."""


def attack():
    raise MemoryError("I did nothing")
