"""Mistake: the sum over the inputs begins with the second.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    n, d = x.shape
    h = w.shape[1]
    z = np.zeros((n, h)) + b
    for i in range(n):
        for j in range(h):
            for k in range(1, d):
                z[i, j] += x[i, k] * w[k, j]
    return z
