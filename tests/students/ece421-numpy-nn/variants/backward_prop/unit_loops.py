"""Style: one weight after the other."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h = x @ w_h + b_h
    a_h = np.maximum(z_h, 0)
    d_o = (np.asarray(softmax(a_h @ w_o + b_o)) - target) / len(x)
    D, H = w_h.shape
    C = w_o.shape[1]
    d_h = np.zeros_like(z_h)
    dW_h, db_h, dW_o, db_o = (np.zeros_like(a) for a in (w_h, b_h, w_o, b_o))
    for h in range(H):
        for k in range(C):
            dW_o[h, k] = np.dot(a_h[:, h], d_o[:, k])
            d_h[:, h] += d_o[:, k] * w_o[h, k]
        d_h[:, h] *= z_h[:, h] > 0
        for d in range(D):
            dW_h[d, h] = np.dot(x[:, d], d_h[:, h])
        db_h[0, h] = d_h[:, h].sum()
    for k in range(C):
        db_o[0, k] = d_o[:, k].sum()
    return dW_h, db_h, dW_o, db_o
