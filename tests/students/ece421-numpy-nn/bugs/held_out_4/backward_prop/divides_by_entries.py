"""Mistake: divides by the number of entries of the target.
True: DIVIDES_BY_NK, OTHER_DIVISOR
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / np.prod(target.shape)
    d_h = np.where(z_h > 0, d_o @ w_o.T, 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
