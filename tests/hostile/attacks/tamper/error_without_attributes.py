"""An error that raises whatever it is asked for, its class first of all."""


class Silent(Exception):
    def __getattribute__(self, name):
        raise MemoryError

    def __str__(self):
        raise MemoryError


def attack():
    raise Silent
