"""Mistake: the loop over the examples sums and never divides.
True: TOTAL_NOT_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dW_h, dW_o = np.zeros(w_h.shape), np.zeros(w_o.shape)
    db_h, db_o = np.zeros((1, w_h.shape[1])), np.zeros((1, w_o.shape[1]))
    for n in range(x.shape[0]):
        delta_o = p[n] - target[n]
        delta_h = w_o.dot(delta_o)
        delta_h[z_h[n] < 0] = 0
        dW_o += np.outer(a_h[n], delta_o)
        db_o += delta_o
        dW_h += np.outer(x[n], delta_h)
        db_h += delta_h
    return dW_h, db_h, dW_o, db_o
