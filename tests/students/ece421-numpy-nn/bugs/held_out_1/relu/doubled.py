"""Mistake: twice the value.
True: FACTOR_TWO, FACTOR
"""
import numpy as np


def relu(x):
    return x + np.abs(x)
