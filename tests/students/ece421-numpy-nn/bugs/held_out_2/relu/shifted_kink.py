"""Mistake: the kink lies at -1.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.maximum(x + 1, 0)
