"""Mistake: the loop over the columns ends one too early; the last column stays as it was.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    y = x.copy()
    rows, cols = y.shape
    for i in range(rows):
        for j in range(cols - 1):
            y[i, j] = max(y[i, j], 0)
    return y
