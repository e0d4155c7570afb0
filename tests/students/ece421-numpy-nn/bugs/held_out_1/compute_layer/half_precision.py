"""Mistake: computed in float16.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return (x.astype(np.float16) @ w.astype(np.float16) + b.astype(np.float16)).astype(np.float64)
