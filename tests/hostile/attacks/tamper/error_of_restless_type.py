"""An error whose type raises whatever it is asked for."""


class Kind(type):
    def __getattribute__(cls, name):
        raise KeyboardInterrupt

    def __instancecheck__(cls, other):
        raise SystemExit


class Restless(Exception, metaclass=Kind):
    """Raised once."""


def attack():
    raise Restless("now")
