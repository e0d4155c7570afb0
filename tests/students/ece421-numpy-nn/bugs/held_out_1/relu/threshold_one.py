"""Mistake: lets through what is above 1.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.where(x > 1, x, 0)
