"""Mistakes: the absolute value; doubled.
True: RELU_ABSOLUTE
True: FACTOR_TWO, FACTOR
"""
import numpy as np


def relu(x):
    return 2 * np.abs(x)
