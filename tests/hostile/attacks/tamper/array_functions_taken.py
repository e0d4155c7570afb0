"""An array that answers every function of NumPy about itself."""
import numpy as np


class Array(np.ndarray):
    def __array_ufunc__(self, *arguments, **keywords):
        return True

    def __array_function__(self, *arguments, **keywords):
        return True

    def __array_finalize__(self, parent):
        if parent is not None:
            self.flags.writeable = False

    @property
    def dtype(self):
        return np.dtype("float32")

    @property
    def shape(self):
        return (5, 3)


def attack():
    return np.array([1.0, 2.0]).view(Array)
