"""Mistake: db_h stays at its first zeros.
True: BIAS_NO_GRADIENT
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    dW_h, db_h = np.zeros_like(w_h), np.zeros_like(b_h)
    dW_o, db_o = np.zeros_like(w_o), np.zeros_like(b_o)
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[0]
    dW_o += a_h.T @ d_o
    db_o += d_o.sum(axis=0)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dW_h += x.T @ d_h
    return dW_h, db_h, dW_o, db_o
