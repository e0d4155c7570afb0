"""Mistakes: the sign; divided by N twice.
True: SIGN
True: DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (target - p) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    n = len(x)
    return x.T @ d_h / n, d_h.sum(0, keepdims=True) / n, a_h.T @ d_o / n, d_o.sum(0, keepdims=True) / n
