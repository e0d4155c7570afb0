"""Mistakes: the bias is forgotten; the product doubled.
True: BIAS_IGNORED
True: FACTOR_TWO, FACTOR
"""
import numpy as np


def compute_layer(x, w, b):
    return 2 * x @ w
