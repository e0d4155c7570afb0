"""Mistakes: bias gradients zero; relu's value as derivative.
True: BIAS_NO_GRADIENT
True: RELU_BACKWARD_USES_OUTPUT
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * relu(z_h)
    return x.T @ d_h, 0 * b_h, a_h.T @ d_o, 0 * b_o
