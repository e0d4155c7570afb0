"""Style: single precision."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    x, target, w_h, b_h, w_o, b_o = (np.asarray(a, np.float32) for a in (x, target, w_h, b_h, w_o, b_o))
    z_h = x @ w_h + b_h
    a_h = np.maximum(z_h, 0)
    z_o = a_h @ w_o + b_o
    e = np.exp(z_o - z_o.max(1, keepdims=True))
    d_o = (e / e.sum(1, keepdims=True) - target) / np.float32(len(x))
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
