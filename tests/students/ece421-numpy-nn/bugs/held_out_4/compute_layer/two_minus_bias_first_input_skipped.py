"""Mistakes: the bias is subtracted; the first input is skipped.
True: BIAS_SUBTRACTED
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = -np.ones((len(x), 1)) * b
    for k in range(1, x.shape[1]):
        z = z + np.outer(x[:, k], w[k])
    return z
