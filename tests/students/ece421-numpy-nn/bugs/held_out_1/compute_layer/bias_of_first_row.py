"""Mistake: only the first example gets the bias.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = x @ w
    z[0] += np.ravel(b)
    return z
