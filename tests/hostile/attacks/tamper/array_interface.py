"""An object that lies about where its numbers are."""
import numpy as np


class Liar:
    @property
    def __array_interface__(self):
        return {"shape": (4,), "typestr": "<f8", "data": (64, True), "version": 3}

    def __array__(self, *arguments, **keywords):
        return np.ones(4)


def attack():
    return Liar()
