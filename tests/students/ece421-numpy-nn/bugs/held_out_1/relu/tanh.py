"""Mistake: a tanh.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.tanh(x)
