"""Mistake: the activations are returned without the pre-activations.
True: RESULT_COUNT
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    hidden = relu(compute_layer(x, w_h, b_h))
    output = softmax(compute_layer(hidden, w_o, b_o))
    return hidden, output
