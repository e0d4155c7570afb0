"""Mistake: the result is transposed.
True: TRANSPOSED
"""
import numpy as np


def compute_layer(x, w, b):
    return np.transpose(x @ w + b)
