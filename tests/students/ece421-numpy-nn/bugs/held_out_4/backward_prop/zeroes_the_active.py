"""Mistake: the gradient is set to 0 where the unit is on.
True: RELU_MASK_INVERTED
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[0]
    d_h = np.dot(d_o, w_o.T)
    d_h[z_h > 0] = 0
    dW_h, db_h = np.dot(x.T, d_h), np.sum(d_h, axis=0, keepdims=True)
    dW_o, db_o = np.dot(a_h.T, d_o), np.sum(d_o, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
