"""Mistakes: bias gradients are not summed; the total.
True: BIAS_NOT_SUMMED
True: TOTAL_NOT_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = p - target
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h, a_h.T @ d_o, d_o
