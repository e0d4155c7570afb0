"""An object that says it is a text, and whose text is itself."""


class Liar:
    __class__ = str

    def __str__(self):
        return self


def attack():
    return Liar()
