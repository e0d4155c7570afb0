"""Style: the bias times a column of ones."""
import numpy as np


def compute_layer(x, w, b):
    return x @ w + np.ones((len(x), 1)) @ np.atleast_2d(b)
