"""Mistake: the negative side is exp(x) - 1.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)
