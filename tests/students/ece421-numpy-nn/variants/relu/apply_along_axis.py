"""Style: np.apply_along_axis row by row."""
import numpy as np


def relu(x):
    return np.apply_along_axis(lambda row: np.maximum(row, 0), 1, x)
