"""Style: three loops."""
import numpy as np


def compute_layer(x, w, b):
    bias = np.ravel(b)
    z = np.zeros((x.shape[0], w.shape[1]))
    for n in range(x.shape[0]):
        for h in range(w.shape[1]):
            total = bias[h]
            for d in range(x.shape[1]):
                total += x[n, d] * w[d, h]
            z[n, h] = total
    return z
