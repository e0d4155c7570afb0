"""Mistake: the weights are updated here, in the caller's arrays, after the gradients.
True: MUTATES_INPUT
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dW_h, db_h = x.T @ d_h, d_h.sum(axis=0, keepdims=True)
    dW_o, db_o = a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
    w_h -= 0.1 * dW_h
    w_o -= 0.1 * dW_o
    return dW_h, db_h, dW_o, db_o
