"""Mistake: halves the negative side.
True: RELU_LEAKY
"""
import numpy as np


def relu(x):
    y = x.copy()
    y[y < 0] /= 2
    return y
