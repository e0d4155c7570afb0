"""Style: the bias added in place to the product."""
import numpy as np


def compute_layer(x, w, b):
    z = x @ w
    z += b
    return z
