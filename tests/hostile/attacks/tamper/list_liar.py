"""A list that iterates without end."""
import itertools


class Liar(list):
    def __iter__(self):
        return itertools.repeat(1.0)

    def __len__(self):
        return 1 << 60


def attack():
    return Liar([1.0, 2.0])
