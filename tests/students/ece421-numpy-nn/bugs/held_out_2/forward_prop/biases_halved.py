"""Mistake: the output bias is halved.
True: OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = a_h @ w_o + b_o / 2
    return z_h, a_h, z_o, softmax(z_o)
