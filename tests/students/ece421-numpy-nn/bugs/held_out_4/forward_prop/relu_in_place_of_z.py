"""Mistake: a_h is another name of z_h, whose negative entries are lost.
True: OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = np.dot(x, w_h) + b_h
    a_h = z_h
    a_h[a_h < 0] = 0
    z_o = np.dot(a_h, w_o) + b_o
    return z_h, a_h, z_o, softmax(z_o)
