"""Open files until there are none left."""
import os


def attack():
    return len([os.open(os.__file__, os.O_RDONLY) for _ in range(100)])
