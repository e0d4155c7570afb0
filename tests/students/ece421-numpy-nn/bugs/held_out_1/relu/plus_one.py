"""Mistake: adds 1 everywhere.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.maximum(x, 0) + 1
