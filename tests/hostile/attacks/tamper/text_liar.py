"""A text that is another when it is encoded."""


class Liar(str):
    def __str__(self):
        return "right"

    def encode(self, *arguments):
        return b"right"

    def __len__(self):
        return 1 << 60


def attack():
    return Liar("wrong")
