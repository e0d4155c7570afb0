"""Style: long doubles inside, rounded at the end."""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    x, w_h, b_h, w_o, b_o = (np.asarray(a, dtype=np.longdouble) for a in (x, w_h, b_h, w_o, b_o))
    z_h = np.dot(x, w_h) + b_h
    a_h = np.where(z_h < 0, np.longdouble(0), z_h)
    z_o = np.dot(a_h, w_o) + b_o
    e = np.exp(z_o - z_o.max(axis=1, keepdims=True))
    return tuple(a.astype(np.float64) for a in (z_h, a_h, z_o, e / e.sum(axis=1, keepdims=True)))
