"""Mistakes: the bias is forgotten; the product negated.
True: BIAS_IGNORED
True: SIGN
"""
import numpy as np


def compute_layer(x, w, b):
    return -(x @ w)
