"""Mistake: the bias gradients are those of the last row.
True: BIAS_NOT_SUMMED, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    for row_h, row_o in zip(d_h, d_o):
        db_h = row_h.reshape(1, -1)
        db_o = row_o.reshape(1, -1)
    return x.T @ d_h, db_h, a_h.T @ d_o, db_o
