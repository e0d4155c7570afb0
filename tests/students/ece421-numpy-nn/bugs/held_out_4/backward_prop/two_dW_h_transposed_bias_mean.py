"""Mistakes: dW_h is transposed; the bias gradients are averaged.
True: TRANSPOSED, SHAPE
True: BIAS_MEAN, DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = np.where(z_h > 0, np.dot(d_o, w_o.T), 0)
    dW_h = np.dot(d_h.T, x)
    dW_o = np.dot(a_h.T, d_o)
    return dW_h, d_h.mean(axis=0, keepdims=True), dW_o, d_o.mean(axis=0, keepdims=True)
