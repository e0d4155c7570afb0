"""Mistake: the bias is multiplied by the row's number.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return x @ w + b * np.arange(len(x))[:, None]
