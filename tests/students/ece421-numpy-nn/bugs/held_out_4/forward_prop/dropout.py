"""Mistake: dropout is left in.
True: NOT_DETERMINISTIC, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    keep = 0.5
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h) * (np.random.rand(x.shape[0], w_h.shape[1]) < keep) / keep
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)
