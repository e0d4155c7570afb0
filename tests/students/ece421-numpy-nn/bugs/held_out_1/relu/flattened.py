"""Mistake: the result is flattened.
True: SHAPE
"""
import numpy as np


def relu(x):
    return np.maximum(x, 0).ravel()
