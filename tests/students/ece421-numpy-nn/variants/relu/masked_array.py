"""Style: a masked array, filled with 0."""
import numpy as np


def relu(x):
    return np.ma.masked_less(x, 0).filled(0)
