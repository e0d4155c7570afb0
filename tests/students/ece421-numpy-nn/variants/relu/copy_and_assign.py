"""Style: assignment through a mask on a copy."""
import numpy as np


def relu(x):
    out = np.array(x, copy=True)
    out[out < 0] = 0
    return out
