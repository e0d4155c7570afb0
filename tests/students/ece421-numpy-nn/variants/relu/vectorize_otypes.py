"""Style: np.vectorize with its result type given."""
import numpy as np


def relu(x):
    return np.vectorize(lambda value: max(value, 0.0), otypes=[np.float64])(x)
