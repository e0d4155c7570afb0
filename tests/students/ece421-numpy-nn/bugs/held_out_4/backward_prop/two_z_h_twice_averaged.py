"""Mistakes: z_h in dW_o; divided by N twice.
True: PREACT_USED_AS_ACTIVATION
True: DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / N
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dW_o = np.dot(z_h.T, d_o) / N
    db_o = np.mean(d_o, axis=0, keepdims=True)
    dW_h = np.dot(x.T, d_h) / N
    db_h = np.mean(d_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
