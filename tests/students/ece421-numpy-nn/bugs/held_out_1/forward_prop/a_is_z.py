"""Mistake: the second result is z_h, but the output is right.
True: PREACT_USED_AS_ACTIVATION
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    z_o = compute_layer(relu(z_h), w_o, b_o)
    return z_h, z_h, z_o, softmax(z_o)
