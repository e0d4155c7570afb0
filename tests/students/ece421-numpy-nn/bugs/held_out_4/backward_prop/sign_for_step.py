"""Mistake: np.sign as the derivative, -1 where the unit is off.
True: ACT_DERIV_OF_PREACT, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[0]
    d_h = (d_o @ w_o.T) * np.sign(z_h)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
