"""A result that writes megabytes about itself."""


class Chatty:
    def __repr__(self):
        return "x" * (1 << 26)

    __str__ = __repr__


def attack():
    return Chatty()
