"""Mistake: the product is divided by the number of inputs.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return np.dot(x, w) / x.shape[1] + b
