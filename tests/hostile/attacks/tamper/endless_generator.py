"""A result without end."""
import itertools


def attack():
    return itertools.count()
