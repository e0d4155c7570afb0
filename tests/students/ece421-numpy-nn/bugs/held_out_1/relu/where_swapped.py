"""Mistake: the branches of np.where are swapped.
True: RELU_NEGATIVE_PART
"""
import numpy as np


def relu(x):
    return np.where(x > 0, 0, x)
