"""Mistake: the cube of the positive part.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.maximum(x, 0) ** 3
