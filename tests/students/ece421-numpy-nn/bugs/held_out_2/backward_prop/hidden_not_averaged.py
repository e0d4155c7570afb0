"""Mistake: 1/N is missing in the hidden layer only.
True: TOTAL_NOT_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = p - target
    d_h = (d_o @ w_o.T) * (z_h > 0)
    n = len(x)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o / n, d_o.sum(0, keepdims=True) / n
