"""Mistake: only dW_h lacks the mask.
True: RELU_MASK_MISSING
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_a = d_o @ w_o.T
    d_h = d_a * (z_h > 0)
    return x.T @ d_a, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
