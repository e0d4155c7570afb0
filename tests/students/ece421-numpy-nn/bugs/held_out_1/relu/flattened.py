"""Mistake: the result is flattened.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.maximum(x, 0).ravel()
