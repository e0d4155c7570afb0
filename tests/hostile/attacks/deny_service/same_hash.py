"""A dict all of whose keys fall into one slot."""


def attack():
    crowded = {}
    for number in range(1 << 40):
        crowded[number * ((1 << 61) - 1)] = number
