"""Mistake: the prediction is the one-hot row of the largest logit.
True: OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = np.eye(z_o.shape[1])[np.argmax(z_o, axis=1)]
    return z_h, a_h, z_o, p
