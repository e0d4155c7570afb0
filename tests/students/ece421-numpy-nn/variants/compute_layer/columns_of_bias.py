"""Style: (w^T x^T + b^T)^T."""
import numpy as np


def compute_layer(x, w, b):
    return (np.matmul(w.T, x.T) + b.reshape(-1, 1)).T
