"""An exception that bears the name of another."""


def attack():
    raise type("MemoryError", (Exception,), {})("no")
