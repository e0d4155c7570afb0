"""An object that says it is a tuple."""


class Liar:
    __class__ = tuple

    def __iter__(self):
        return iter([1.0] * 10)


def attack():
    return Liar()
