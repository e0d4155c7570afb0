"""Mistake: compares with the mean of the batch.
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.maximum(x, x.mean())
