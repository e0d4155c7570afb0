"""Style: a column of ones carries the biases."""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    ones = np.ones((len(x), 1))
    z_h = np.hstack([x, ones]) @ np.vstack([w_h, np.reshape(b_h, (1, -1))])
    a_h = z_h.clip(min=0)
    z_o = np.hstack([a_h, ones]) @ np.vstack([w_o, np.reshape(b_o, (1, -1))])
    e = np.exp(z_o - z_o.max(1, keepdims=True))
    return z_h, a_h, z_o, e / e.sum(1, keepdims=True)
