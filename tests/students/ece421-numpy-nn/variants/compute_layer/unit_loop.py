"""Style: one unit after the other."""
import numpy as np


def compute_layer(x, w, b):
    return np.stack([x @ w[:, h] + np.ravel(b)[h] for h in range(w.shape[1])], axis=1)
