"""Keys that say they are short and are sixteen million characters long."""


class Key(str):
    def __len__(self):
        return 1

    def __str__(self):
        return "k" * (1 << 24)


def attack():
    return {Key("key"): 1.0}
