"""Style: a list of rows."""
import numpy as np


def compute_layer(x, w, b):
    return np.vstack([row.dot(w) + b for row in x])
