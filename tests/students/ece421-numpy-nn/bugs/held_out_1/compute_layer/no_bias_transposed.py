"""Mistakes: the bias is forgotten; the result transposed.
True: BIAS_IGNORED
True: TRANSPOSED
"""
import numpy as np


def compute_layer(x, w, b):
    return (x @ w).T
