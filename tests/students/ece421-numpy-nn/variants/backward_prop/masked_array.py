"""Style: the units that are off are masked in a masked array."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = np.asarray((p - target) / len(x))
    d_h = np.ma.masked_where(z_h <= 0, d_o @ w_o.T).filled(0)
    return x.T @ d_h, d_h.sum(0)[None], np.asarray(a_h).T @ d_o, d_o.sum(0)[None]
