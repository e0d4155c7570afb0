"""Mistakes: tanh; doubled.
True: OTHER_FORMULA
True: FACTOR_TWO, FACTOR
"""
import numpy as np


def relu(x):
    return 2 * np.tanh(x)
