"""An object that says it is one of NumPy's whole numbers, and counts up."""
import numpy as np


class Liar:
    __class__ = np.int64
    times = 0

    def __int__(self):
        Liar.times += 1
        return 10**30 + Liar.times


def attack():
    return [Liar(), Liar()]
