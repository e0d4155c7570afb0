"""A dict that shows other keys than it has."""


class Liar(dict):
    def items(self):
        return [("right", 1.0)] * 100000

    def __iter__(self):
        return iter(["right"])

    def __len__(self):
        return 1


def attack():
    return Liar(wrong=2.0)
