"""Mistake: np.max with axis 0 in place of np.maximum with 0.
True: SHAPE, OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.max(x, 0)
