"""Mistake: the derivative is filled with the values of z_h where it is positive.
True: RELU_BACKWARD_USES_OUTPUT, ACT_DERIV_OF_PREACT, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    relu_grad = np.zeros_like(z_h)
    relu_grad[z_h > 0] = z_h[z_h > 0]
    d_o = grad_ce(target, z_o)
    d_h = (d_o @ w_o.T) * relu_grad
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
