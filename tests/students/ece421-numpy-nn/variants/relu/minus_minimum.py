"""Style: x - min(x, 0)."""
import numpy as np


def relu(x):
    return x - np.minimum(x, 0)
