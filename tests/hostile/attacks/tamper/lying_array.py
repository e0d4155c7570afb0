"""An array that says something else about itself than its buffer."""
import numpy as np


class Liar(np.ndarray):
    def __array__(self, *arguments, **keywords):
        return np.zeros(3)

    def __eq__(self, other):
        return True

    def tobytes(self, *arguments):
        return b"\0" * 24


def attack():
    return np.array([1.0, 2.0, 3.0]).view(Liar)
