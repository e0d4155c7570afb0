"""Mistake: the output bias is summed over axis 1.
True: BIAS_WRONG_AXIS, BIAS_SHAPE, SHAPE
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = (p - target) / N
    dW_o = a_h.T.dot(delta_o)
    db_o = np.sum(delta_o, axis=1, keepdims=True)
    delta_h = delta_o.dot(w_o.T)
    delta_h[z_h <= 0] = 0
    dW_h = x.T.dot(delta_h)
    db_h = np.sum(delta_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
