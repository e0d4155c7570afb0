"""Mistake: the positive entries are set to 0.
True: RELU_NEGATIVE_PART, OTHER_FORMULA
"""
import numpy as np


def relu(x):
    out = np.copy(x)
    out[out > 0] = 0
    return out
