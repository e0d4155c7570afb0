"""Mistake: w_o takes its step before the gradient goes back through it.
True: UPDATED_TOO_EARLY, OTHER_FORMULA
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    lr = 0.1
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    dW_o = a_h.T @ d_o
    db_o = d_o.sum(axis=0, keepdims=True)
    w_o = w_o - lr * dW_o
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dW_h = x.T @ d_h
    db_h = d_h.sum(axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o
