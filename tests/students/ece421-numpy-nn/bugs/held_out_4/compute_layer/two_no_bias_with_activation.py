"""Mistakes: no bias; the ReLU is applied here already.
True: BIAS_IGNORED
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    z = np.matmul(x, w)
    z[z < 0] = 0
    return z
