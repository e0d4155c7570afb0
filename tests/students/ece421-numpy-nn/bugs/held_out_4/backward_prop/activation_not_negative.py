"""Mistake: the mask asks whether a_h >= 0, which it always is.
True: RELU_MASK_MISSING
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[0]
    d_h = np.dot(d_o, w_o.T)
    d_h = d_h * (a_h >= 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
