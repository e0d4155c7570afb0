"""Mistake: the bias is added as a column.
True: RAISED, SHAPE, OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return x @ w + b.reshape(-1, 1)
