"""Mistake: the shift of the softmax is done in z_o, which is returned.
True: OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = x.dot(w_h) + b_h
    a_h = np.maximum(0, z_h)
    z_o = a_h.dot(w_o) + b_o
    z_o -= np.max(z_o, axis=1, keepdims=True)
    p = np.exp(z_o) / np.sum(np.exp(z_o), axis=1, keepdims=True)
    return z_h, a_h, z_o, p
