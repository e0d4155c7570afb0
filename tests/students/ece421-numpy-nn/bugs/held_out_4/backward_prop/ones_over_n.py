"""Mistake: the biases are multiplied by a row of 1/N.
True: BIAS_MEAN, DOUBLE_MEAN
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    N = x.shape[0]
    ones = np.ones((1, N)) / N
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / N
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, ones @ d_h, a_h.T @ d_o, ones @ d_o
