"""An instance that pretends to be an array."""
import numpy as np


class Pretender:
    @property
    def __class__(self):
        return np.ndarray


def attack():
    return Pretender()
