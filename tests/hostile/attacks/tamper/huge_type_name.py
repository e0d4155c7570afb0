"""An exception whose type has a name of a megabyte."""


def attack():
    raise type("X" * (1 << 20), (Exception,), {})("short")
