"""Mistake: cut to -1 ... 1.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return np.clip(x @ w + b, -1, 1)
