"""Mistake: log(1 + max(x, 0)).
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.log1p(np.maximum(x, 0))
