"""Mistake: its own softmax divides by the sum of the whole matrix.
True: SOFTMAX_WHOLE_MATRIX, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    e = np.exp(z_o - np.max(z_o))
    return z_h, a_h, z_o, e / np.sum(e)
