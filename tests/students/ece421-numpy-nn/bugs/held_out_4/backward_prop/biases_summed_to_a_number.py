"""Mistake: the sums of the bias gradients have no axis.
True: BIAS_SHAPE, SHAPE, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d2 = (p - target) / len(x)
    d1 = (d2 @ w_o.T) * (z_h > 0)
    return x.T @ d1, np.sum(d1), a_h.T @ d2, np.sum(d2)
