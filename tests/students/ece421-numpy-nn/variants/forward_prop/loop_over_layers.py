"""Style: a loop over layers and activations."""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    results, a = [], x
    for w, b, activation in ((w_h, b_h, relu), (w_o, b_o, softmax)):
        z = compute_layer(a, w, b)
        a = activation(z)
        results += [z, a]
    return tuple(results)
