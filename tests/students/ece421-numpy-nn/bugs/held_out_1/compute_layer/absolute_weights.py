"""Mistake: absolute weights.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return x @ np.abs(w) + b
