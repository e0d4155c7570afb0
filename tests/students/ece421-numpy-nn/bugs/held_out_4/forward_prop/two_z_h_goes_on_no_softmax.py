"""Mistakes: the output layer takes z_h; the logits are returned as the prediction.
True: PREACT_USED_AS_ACTIVATION, ACTIVATION_MISSING
True: CE_WITHOUT_SOFTMAX, OTHER_FORMULA
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(z_h, w_o, b_o)
    return z_h, a_h, z_o, z_o
