"""Style: the gradient of a batch is the weighted mean of those of its halves."""
import numpy as np


def _backward_prop_sum(x, target, w_h, b_h, w_o, b_o):
    if len(x) > 1:
        half = len(x) // 2
        first = _backward_prop_sum(x[:half], target[:half], w_h, b_h, w_o, b_o)
        second = _backward_prop_sum(x[half:], target[half:], w_h, b_h, w_o, b_o)
        return [a + b for a, b in zip(first, second)]
    z = x @ w_h + b_h
    a = np.maximum(z, 0)
    o = a @ w_o + b_o
    e = np.exp(o - o.max())
    d = e / e.sum() - target
    back = np.heaviside(z, 0.0) * (d @ w_o.T)
    return [x.T @ back, back, a.T @ d, d]


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    return tuple(g / len(x) for g in _backward_prop_sum(x, target, w_h, b_h, w_o, b_o))
