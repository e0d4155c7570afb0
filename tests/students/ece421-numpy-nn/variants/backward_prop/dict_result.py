"""Style: a dict with the names of the results.
Returns: dict
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h = x @ w_h + b_h
    a_h = np.maximum(z_h, 0)
    d_o = (np.asarray(softmax(a_h @ w_o + b_o)) - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return {"dW_h": x.T @ d_h, "db_h": d_h.sum(0, keepdims=True), "dW_o": a_h.T @ d_o, "db_o": d_o.sum(0, keepdims=True)}
