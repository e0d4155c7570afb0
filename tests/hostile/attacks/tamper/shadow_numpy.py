"""A file that wants to be NumPy."""
import numpy as np


def attack():
    return np.__name__ == "numpy" and float(np.exp(0.0))
