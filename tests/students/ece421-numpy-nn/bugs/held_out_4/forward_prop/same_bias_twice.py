"""Mistake: copied and pasted: the hidden bias in the output layer.
True: RAISED, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_h)
    return z_h, a_h, z_o, softmax(z_o)
