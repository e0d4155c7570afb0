"""Mistake: the factors stand the other way round.
True: RAISED, SHAPE, OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return np.dot(w, x) + b
