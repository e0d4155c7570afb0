"""Mistake: minus the positive part.
True: SIGN, FACTOR
"""
import numpy as np


def relu(x):
    return -np.maximum(0, x)
