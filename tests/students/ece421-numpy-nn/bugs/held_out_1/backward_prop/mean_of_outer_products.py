"""Mistake: averages the outer products of a delta that carries 1/N.
True: DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dW_h = np.mean(x[:, :, None] * d_h[:, None, :], axis=0)
    dW_o = np.mean(a_h[:, :, None] * d_o[:, None, :], axis=0)
    return dW_h, d_h.sum(0, keepdims=True), dW_o, d_o.sum(0, keepdims=True)
