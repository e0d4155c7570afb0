"""Mistake: copied and pasted: dW_h takes the delta of the output.
True: SHAPE, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    delta_h = (delta_o @ w_o.T) * (z_h > 0)
    dW_o = a_h.T @ delta_o
    db_o = np.sum(delta_o, axis=0, keepdims=True)
    dW_h = x.T @ delta_o
    db_h = np.sum(delta_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
