"""Have the message made of lists in lists."""


def attack():
    nested = []
    for _ in range(100000):
        nested = [nested]
    raise ValueError(nested)
