"""Mistake: the output layer takes z_h.
True: PREACT_USED_AS_ACTIVATION, ACTIVATION_MISSING, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = x @ w_h + b_h
    a_h = relu(z_h)
    z_o = z_h @ w_o + b_o
    p = softmax(z_o)
    return z_h, a_h, z_o, p
