"""Mistake: cut at 6 as well.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.minimum(np.maximum(0, x), 6)
