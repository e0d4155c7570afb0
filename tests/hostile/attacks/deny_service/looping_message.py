"""An exception that never finishes its sentence."""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def attack():
    raise Endless
