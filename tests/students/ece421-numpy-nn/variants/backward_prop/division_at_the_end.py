"""Style: totals, divided by N at the end."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n = x.shape[0]
    z_h = x @ w_h + b_h
    a_h = np.maximum(z_h, 0)
    d_o = np.asarray(softmax(a_h @ w_o + b_o)) - target
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return (
        x.T @ d_h / n,
        np.mean(d_h, axis=0, keepdims=True),
        a_h.T @ d_o / n,
        np.mean(d_o, axis=0, keepdims=True),
    )
