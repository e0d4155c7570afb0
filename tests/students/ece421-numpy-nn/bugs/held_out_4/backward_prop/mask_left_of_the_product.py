"""Mistake: the mask multiplies a_h in the product, and the delta of the hidden layer goes without.
True: RELU_MASK_MISSING
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    mask = (z_h > 0).astype(float)
    d_o = (p - target) / x.shape[0]
    dW_o = (a_h * mask).T @ d_o
    db_o = d_o.sum(axis=0, keepdims=True)
    d_h = d_o @ w_o.T
    dW_h = x.T @ d_h
    db_h = d_h.sum(axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
