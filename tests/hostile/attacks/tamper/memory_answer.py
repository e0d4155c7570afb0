"""Give the memory of an array instead of the array."""
import numpy as np


def attack():
    return memoryview(np.ones((5, 3)))
