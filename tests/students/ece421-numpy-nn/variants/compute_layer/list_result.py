"""Style: nested lists in plain Python.
Returns: lists
"""
import numpy as np


def compute_layer(x, w, b):
    bias = np.ravel(b)
    return [[sum(x[n][d] * w[d][h] for d in range(len(w))) + bias[h] for h in range(len(w[0]))] for n in range(len(x))]
