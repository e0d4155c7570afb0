"""Fill memory with many small objects."""


def attack():
    hoard = []
    while True:
        hoard.append(object())
