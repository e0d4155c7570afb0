"""Style: np.heaviside with 1/2."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h = x @ w_h + b_h
    a_h = np.maximum(z_h, 0)
    p = np.asarray(softmax(a_h @ w_o + b_o))
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * np.heaviside(z_h, 0.5)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
