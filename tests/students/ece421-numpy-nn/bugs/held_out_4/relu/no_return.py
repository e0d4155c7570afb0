"""Mistake: the result is not returned.
True: UNFINISHED
"""
import numpy as np


def relu(x):
    out = np.maximum(0, x)
