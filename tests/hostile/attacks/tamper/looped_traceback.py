"""An exception whose history leads back to itself."""


def attack():
    error = ValueError("round")
    error.__context__ = error.__cause__ = error
    raise error
