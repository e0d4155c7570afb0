"""Style: a broadcast product, summed."""
import numpy as np


def compute_layer(x, w, b):
    return (x[:, :, None] * w[None, :, :]).sum(axis=1) + b
