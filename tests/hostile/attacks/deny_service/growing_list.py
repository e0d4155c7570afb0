"""Grow until something gives."""


def attack():
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))
