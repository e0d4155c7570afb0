"""One operation of integers that never ends and cannot be interrupted."""


def attack():
    return (9 ** (9 ** 9)) & 1
