"""Style: the delta comes from grad_ce."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    dW_o = np.matmul(a_h.T, d_o)
    db_o = np.sum(d_o, axis=0, keepdims=True)
    d_h = np.matmul(d_o, w_o.T) * np.where(z_h > 0, 1, 0)
    dW_h = np.matmul(x.T, d_h)
    db_h = np.sum(d_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
