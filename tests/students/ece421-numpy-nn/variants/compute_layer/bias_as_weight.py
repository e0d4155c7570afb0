"""Style: the bias as one more row of weights."""
import numpy as np


def compute_layer(x, w, b):
    x1 = np.hstack([x, np.ones((x.shape[0], 1))])
    w1 = np.vstack([w, b.reshape(1, -1)])
    return x1 @ w1
