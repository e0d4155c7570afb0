"""Mistake: dW_h is transposed.
True: TRANSPOSED, SHAPE
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = (p - target) / N
    delta_h = np.dot(delta_o, w_o.T) * (z_h > 0)
    dW_o = np.dot(a_h.T, delta_o)
    db_o = np.sum(delta_o, axis=0, keepdims=True)
    dW_h = np.dot(delta_h.T, x)
    db_h = np.sum(delta_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
