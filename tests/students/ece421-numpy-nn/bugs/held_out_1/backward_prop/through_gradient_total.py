"""Mistakes: the delta goes back through dW_o; the total.
True: UPSTREAM_TIMES_GRADW
True: TOTAL_NOT_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = p - target
    dW_o = a_h.T @ d_o
    d_h = (d_o @ dW_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), dW_o, d_o.sum(0, keepdims=True)
