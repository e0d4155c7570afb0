"""A number that equals every other."""


class Liar(float):
    def __eq__(self, other):
        return True

    def hex(self):
        return "0x0p+0"

    def __float__(self):
        return 0.0


def attack():
    return Liar(4.5)
