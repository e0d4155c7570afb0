"""Mistake: a sigmoid in the hidden layer.
True: OTHER_ACTIVATION, OTHER_FORMULA, ACTIVATION_MISSING
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = 1 / (1 + np.exp(-z_h))
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)
