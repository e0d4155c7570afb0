"""Style: a dict with the names of the results.
Returns: dict
"""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    cache = {}
    cache["z_h"] = compute_layer(x, w_h, b_h)
    cache["a_h"] = relu(cache["z_h"])
    cache["z_o"] = compute_layer(cache["a_h"], w_o, b_o)
    cache["p"] = softmax(cache["z_o"])
    return cache
