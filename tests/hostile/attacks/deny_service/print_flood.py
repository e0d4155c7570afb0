"""Print without end."""


def attack():
    while True:
        print("flood " * 1000)
