"""An exception whose message and type raise in turn."""


class Name(type):
    @property
    def __name__(cls):
        raise KeyboardInterrupt


class Restless(Exception, metaclass=Name):
    def __str__(self):
        raise SystemExit


def attack():
    raise Restless
