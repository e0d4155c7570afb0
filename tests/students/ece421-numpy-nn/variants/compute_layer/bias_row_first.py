"""Style: the bias as the first row of weights."""
import numpy as np


def compute_layer(x, w, b):
    return np.c_[np.ones(len(x)), x] @ np.r_[np.atleast_2d(b), w]
