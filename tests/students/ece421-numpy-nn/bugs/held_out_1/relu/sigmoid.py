"""Mistake: a sigmoid.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return 0.5 * (1 + np.tanh(x / 2))
