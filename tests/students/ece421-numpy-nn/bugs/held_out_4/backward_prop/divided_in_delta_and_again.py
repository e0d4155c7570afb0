"""Mistake: divides by N in the delta and again in each gradient.
True: DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / N
    d_h = np.dot(d_o, w_o.T) * (z_h > 0)
    dW_h = np.dot(x.T, d_h) / N
    db_h = np.sum(d_h, axis=0, keepdims=True) / N
    dW_o = np.dot(a_h.T, d_o) / N
    db_o = np.sum(d_o, axis=0, keepdims=True) / N
    return dW_h, db_h, dW_o, db_o
