"""Style: everything transposed inside."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    X, T = x.T, target.T
    z_h = w_h.T @ X + b_h.reshape(-1, 1)
    a_h = np.maximum(z_h, 0)
    z_o = w_o.T @ a_h + b_o.reshape(-1, 1)
    e = np.exp(z_o - z_o.max(axis=0))
    d_o = (e / e.sum(axis=0) - T) / X.shape[1]
    d_h = (w_o @ d_o) * (z_h > 0)
    return (d_h @ X.T).T, d_h.sum(axis=1)[None], (d_o @ a_h.T).T, d_o.sum(axis=1)[None]
