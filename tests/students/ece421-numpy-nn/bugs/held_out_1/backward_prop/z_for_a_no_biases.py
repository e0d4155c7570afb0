"""Mistakes: z_h in dW_o; bias gradients are zero.
True: PREACT_USED_AS_ACTIVATION
True: BIAS_NO_GRADIENT
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, np.zeros_like(b_h), z_h.T @ d_o, np.zeros_like(b_o)
