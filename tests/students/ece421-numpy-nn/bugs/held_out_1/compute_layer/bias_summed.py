"""Mistake: adds the sum of the biases to every unit.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return np.dot(x, w) + np.sum(b)
