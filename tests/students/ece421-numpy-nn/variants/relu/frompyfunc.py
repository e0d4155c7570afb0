"""Style: np.frompyfunc, converted back to float."""
import numpy as np


def relu(x):
    return np.frompyfunc(lambda value: max(value, 0), 1, 1)(x).astype(float)
