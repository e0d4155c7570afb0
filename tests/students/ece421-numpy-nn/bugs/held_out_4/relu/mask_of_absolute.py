"""Mistake: the mask looks at |x|, which is positive everywhere.
True: RELU_IDENTITY, OTHER_FORMULA
"""
import numpy as np


def relu(x):
    active = np.abs(x) > 0
    return x * active
