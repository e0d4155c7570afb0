"""Style: a sum of outer products."""
import numpy as np


def compute_layer(x, w, b):
    z = np.zeros((len(x), w.shape[1])) + b
    for d in range(x.shape[1]):
        z = z + np.outer(x[:, d], w[d, :])
    return z
