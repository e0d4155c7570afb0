"""Mistake: the ReLU is applied to the logits too.
True: SOFTMAX_OF_ACTIVATION, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = relu(compute_layer(a_h, w_o, b_o))
    return z_h, a_h, z_o, softmax(z_o)
