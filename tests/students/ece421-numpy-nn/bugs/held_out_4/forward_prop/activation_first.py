"""Mistake: a_h is returned before z_h.
True: OTHER_FORMULA, RESULT_ORDER
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    hidden_input = compute_layer(x, w_h, b_h)
    hidden_output = relu(hidden_input)
    logits = compute_layer(hidden_output, w_o, b_o)
    prediction = softmax(logits)
    return hidden_output, hidden_input, logits, prediction
