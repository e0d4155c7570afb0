"""A whole number that is another when it is written."""


class Liar(int):
    def __repr__(self):
        return '1, "k": "returned"'

    __str__ = __repr__

    def __index__(self):
        return 7


def attack():
    return Liar(3)
