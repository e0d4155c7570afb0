"""Mistake: the result is collected in an array of integers.
True: RELU_INT_TRUNCATION, OTHER_FORMULA
"""
import numpy as np


def relu(x):
    result = np.zeros(x.shape, dtype=int)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(0, x[i, j])
    return result
