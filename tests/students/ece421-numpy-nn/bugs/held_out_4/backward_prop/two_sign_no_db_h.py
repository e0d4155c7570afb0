"""Mistakes: the difference the other way round; db_h stays 0.
True: SIGN
True: BIAS_NO_GRADIENT, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    db_h = np.zeros_like(b_h)
    error = (target - p) / len(x)
    dW_o = a_h.T @ error
    db_o = np.sum(error, axis=0, keepdims=True)
    hidden_error = (error @ w_o.T) * (a_h > 0)
    dW_h = x.T @ hidden_error
    return dW_h, db_h, dW_o, db_o
