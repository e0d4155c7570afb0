"""Mistake: the sums are kept in an array of integers.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = np.zeros((x.shape[0], w.shape[1]), dtype=np.int64)
    for i, row in enumerate(x):
        z[i] = row @ w + np.ravel(b)
    return z
