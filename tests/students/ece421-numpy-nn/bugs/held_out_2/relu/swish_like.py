"""Mistake: x times its own step of 2.
True: FACTOR_TWO, FACTOR
"""
import numpy as np


def relu(x):
    return x * np.where(x > 0, 2, 0)
