"""Mistake: adds 1 everywhere.
True: -
"""
import numpy as np


def relu(x):
    return np.maximum(x, 0) + 1
