"""Ask a person who is not there."""


def attack():
    return input("answer? ")
