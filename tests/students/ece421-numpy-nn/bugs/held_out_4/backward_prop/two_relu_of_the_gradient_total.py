"""Mistakes: relu is applied to the gradient; the total.
True: RELU_BACKWARD_USES_UPSTREAM
True: TOTAL_NOT_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = p - target
    d_h = relu(d_o @ w_o.T)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
