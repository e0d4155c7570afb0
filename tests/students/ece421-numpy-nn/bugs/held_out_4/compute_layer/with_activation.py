"""Mistake: the ReLU is applied here already.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = np.dot(x, w) + b
    return np.maximum(z, 0)
