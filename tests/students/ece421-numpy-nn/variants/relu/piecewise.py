"""Style: np.piecewise with two conditions."""
import numpy as np


def relu(x):
    return np.piecewise(x, [x > 0, x <= 0], [lambda v: v, 0.0])
