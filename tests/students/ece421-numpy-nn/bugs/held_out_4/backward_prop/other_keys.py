"""Mistake: a dictionary with keys of another course.
True: KEYS
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[0]
    d_h = (d_o @ w_o.T) * (z_h > 0)
    grads = {}
    grads["W1"] = x.T @ d_h
    grads["b1"] = d_h.sum(axis=0, keepdims=True)
    grads["W2"] = a_h.T @ d_o
    grads["b2"] = d_o.sum(axis=0, keepdims=True)
    return grads
