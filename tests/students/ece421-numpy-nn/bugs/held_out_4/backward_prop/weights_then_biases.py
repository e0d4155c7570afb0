"""Mistake: both weights, then both biases.
True: GRADIENTS_SWAPPED, SHAPE
"""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    gW1 = x.T @ d_h
    gb1 = d_h.sum(axis=0, keepdims=True)
    gW2 = a_h.T @ d_o
    gb2 = d_o.sum(axis=0, keepdims=True)
    return gW1, gW2, gb1, gb2
