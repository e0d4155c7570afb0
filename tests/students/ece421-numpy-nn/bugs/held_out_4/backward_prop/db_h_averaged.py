"""Mistake: the hidden bias is averaged once more.
True: BIAS_MEAN, DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dz_o = grad_ce(target, z_o)
    dz_h = np.matmul(dz_o, w_o.T) * np.where(z_h > 0, 1, 0)
    dW_o = np.matmul(a_h.T, dz_o)
    db_o = np.sum(dz_o, axis=0, keepdims=True)
    dW_h = np.matmul(x.T, dz_h)
    db_h = np.mean(dz_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
