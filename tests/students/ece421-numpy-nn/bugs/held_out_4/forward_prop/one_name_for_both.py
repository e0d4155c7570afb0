"""Mistake: z is overwritten by the second layer.
True: SHAPE, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z = compute_layer(x, w_h, b_h)
    a = relu(z)
    z = compute_layer(a, w_o, b_o)
    p = softmax(z)
    return z, a, z, p
