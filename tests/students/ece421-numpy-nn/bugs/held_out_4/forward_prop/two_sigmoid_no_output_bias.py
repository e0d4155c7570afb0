"""Mistakes: a sigmoid in the hidden layer; no output bias.
True: OTHER_ACTIVATION, OTHER_FORMULA, ACTIVATION_MISSING
True: BIAS_IGNORED
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = np.dot(x, w_h) + b_h
    a_h = 1.0 / (1.0 + np.exp(-z_h))
    z_o = np.dot(a_h, w_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p
