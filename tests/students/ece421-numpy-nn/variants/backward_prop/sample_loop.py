"""Style: sums over examples."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    dW_h, db_h = np.zeros_like(w_h), np.zeros_like(b_h)
    dW_o, db_o = np.zeros_like(w_o), np.zeros_like(b_o)
    for n in range(len(x)):
        row = x[n : n + 1]
        z_h = row @ w_h + b_h
        a_h = np.maximum(z_h, 0)
        d_o = np.asarray(softmax(a_h @ w_o + b_o)) - target[n : n + 1]
        d_h = (d_o @ w_o.T) * (z_h > 0)
        dW_h += row.T @ d_h
        db_h += d_h
        dW_o += a_h.T @ d_o
        db_o += d_o
    return dW_h / len(x), db_h / len(x), dW_o / len(x), db_o / len(x)
