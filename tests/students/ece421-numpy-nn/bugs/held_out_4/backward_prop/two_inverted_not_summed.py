"""Mistakes: the mask is inverted; the deltas stand for the bias gradients.
True: RELU_MASK_INVERTED
True: BIAS_NOT_SUMMED, BIAS_SHAPE, SHAPE
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    db_o = (p - target) / len(x)
    db_h = db_o @ w_o.T
    db_h[z_h > 0] = 0
    return x.T @ db_h, db_h, a_h.T @ db_o, db_o
