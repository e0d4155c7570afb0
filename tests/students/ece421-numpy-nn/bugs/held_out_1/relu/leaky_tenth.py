"""Mistake: a leaky ReLU of slope 0.1.
True: RELU_LEAKY
"""
import numpy as np


def relu(x):
    return np.where(x > 0, x, 0.1 * x)
