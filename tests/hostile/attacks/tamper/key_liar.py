"""Keys that say they are short, and that they are others, and are sixteen million characters long."""


class Key(str):
    def __len__(self):
        return 1

    def __str__(self):
        return "key"


def attack():
    return {Key("k" * (1 << 24)): 1.0}
