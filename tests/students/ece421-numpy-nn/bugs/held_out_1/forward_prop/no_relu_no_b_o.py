"""Mistakes: no ReLU; the output bias is forgotten.
True: ACTIVATION_MISSING
True: BIAS_IGNORED
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    z_o = z_h @ w_o
    return z_h, z_h, z_o, softmax(z_o)
