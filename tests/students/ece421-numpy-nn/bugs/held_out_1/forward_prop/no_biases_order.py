"""Mistakes: no biases; p before z_o.
True: BIAS_IGNORED
True: RESULT_ORDER
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = x @ w_h
    a_h = relu(z_h)
    z_o = a_h @ w_o
    return z_h, a_h, softmax(z_o), z_o
