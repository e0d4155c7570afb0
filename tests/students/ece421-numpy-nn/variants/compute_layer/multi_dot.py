"""Style: np.linalg.multi_dot with the identity."""
import numpy as np


def compute_layer(x, w, b):
    return np.linalg.multi_dot([x, np.eye(x.shape[1]), w]) + b
