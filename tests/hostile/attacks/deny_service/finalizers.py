"""Destructors, weak references and exit handlers that never end."""
import atexit
import weakref


class Thing:
    pass


def loop():
    while True:
        pass


KEPT = Thing()


def attack():
    atexit.register(loop)
    weakref.finalize(KEPT, loop)
    return 1.0
