"""Mistake: the hidden bias is forgotten.
True: BIAS_IGNORED
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = x @ w_h
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)
