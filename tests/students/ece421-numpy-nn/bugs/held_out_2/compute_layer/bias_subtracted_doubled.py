"""Mistakes: the bias is subtracted; the product is doubled.
True: BIAS_SUBTRACTED
True: FACTOR_TWO
"""
import numpy as np


def compute_layer(x, w, b):
    return 2 * x @ w - b
