"""Mistakes: a leaky ReLU; with a minus.
True: RELU_LEAKY
True: SIGN, FACTOR
"""
import numpy as np


def relu(x):
    return -np.where(x > 0, x, 0.01 * x)
