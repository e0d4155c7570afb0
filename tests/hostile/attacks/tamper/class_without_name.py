"""A result whose type will not say its name."""


class Nameless(type):
    @property
    def __name__(cls):
        raise SystemExit


class Thing(metaclass=Nameless):
    pass


def attack():
    return Thing()
