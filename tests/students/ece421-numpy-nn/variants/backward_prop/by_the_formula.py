"""Style: the formulas of the handout."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = (np.asarray(a) for a in _backward_prop_forward(x, w_h, b_h, w_o, b_o))
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)


def _backward_prop_forward(x, w_h, b_h, w_o, b_o):
    out = forward_prop(x, w_h, b_h, w_o, b_o)
    return [out[name] for name in ("z_h", "a_h", "z_o", "p")] if isinstance(out, dict) else out
