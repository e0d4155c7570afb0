"""Mistake: the bias is added once for each input.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = np.zeros((x.shape[0], w.shape[1]))
    for k in range(x.shape[1]):
        z += np.outer(x[:, k], w[k]) + b
    return z
