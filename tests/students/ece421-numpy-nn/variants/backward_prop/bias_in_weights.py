"""Style: the biases as rows of the weights."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    def with_one(a):
        return np.hstack([a, np.ones((len(a), 1))])

    W, V = np.vstack([w_h, b_h]), np.vstack([w_o, b_o])
    x1 = with_one(x)
    z_h = x1 @ W
    a1 = with_one(np.maximum(z_h, 0))
    d_o = (np.asarray(softmax(a1 @ V)) - target) / len(x)
    dV = a1.T @ d_o
    dW = x1.T @ ((d_o @ V[:-1].T) * (z_h > 0))
    return dW[:-1], dW[-1:], dV[:-1], dV[-1:]
