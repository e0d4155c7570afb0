"""Mistake: the bias gradients are the deltas, one row for each example.
True: BIAS_NOT_SUMMED, BIAS_SHAPE, SHAPE
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    db_o = (p - target) / x.shape[0]
    dW_o = a_h.T @ db_o
    db_h = (db_o @ w_o.T) * (z_h > 0)
    dW_h = x.T @ db_h
    return dW_h, db_h, dW_o, db_o
