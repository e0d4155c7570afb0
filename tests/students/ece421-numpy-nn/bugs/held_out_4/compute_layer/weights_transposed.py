"""Mistake: transposes the weights.
True: RAISED, SHAPE, OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return np.matmul(x, np.transpose(w)) + b
