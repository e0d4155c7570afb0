"""Style: np.sign."""
import numpy as np


def relu(x):
    return x * np.sign(np.maximum(np.sign(x), 0))
