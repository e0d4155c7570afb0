"""Mistake: = in place of +=, so that only the last input counts.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = np.zeros((len(x), w.shape[1]))
    for i in range(len(x)):
        for j in range(w.shape[1]):
            for k in range(len(w)):
                z[i, j] = x[i, k] * w[k, j]
    return z + b
