"""Style: np.maximum into a new array."""
import numpy as np


def relu(x):
    result = np.empty_like(x)
    np.maximum(x, 0, out=result)
    return result
