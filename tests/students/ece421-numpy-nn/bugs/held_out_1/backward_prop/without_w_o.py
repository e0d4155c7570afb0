"""Mistake: the delta is not sent through w_o, only summed over the classes.
True: OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = np.abs(d_o).sum(axis=1, keepdims=True) * (z_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
