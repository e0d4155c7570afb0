"""Mistake: the classes are taken to be counted from 1.
True: OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    labels = np.argmax(target, axis=1)
    d_o = np.array(p)
    d_o[np.arange(len(x)), labels - 1] -= 1
    d_o /= len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
