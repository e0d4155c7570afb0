"""Mistake: the output layer's gradients are returned first.
True: GRADIENTS_SWAPPED, SHAPE
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dW_h, db_h = x.T @ d_h, d_h.sum(axis=0, keepdims=True)
    dW_o, db_o = a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
    return dW_o, db_o, dW_h, db_h
