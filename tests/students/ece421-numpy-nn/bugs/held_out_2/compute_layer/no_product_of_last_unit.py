"""Mistake: the last unit's column is 0.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = x @ w + b
    z[:, -1] = 0
    return z
