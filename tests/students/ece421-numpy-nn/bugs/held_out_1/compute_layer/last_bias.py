"""Mistake: every unit gets the last unit's bias.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return x @ w + np.ravel(b)[-1]
