"""Mistake: the return stands inside the loop, so that only the first row is done.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    out = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] > 0:
                out[i, j] = x[i, j]
        return out
