"""Style: np.inner with the transposed weights."""
import numpy as np


def compute_layer(x, w, b):
    return np.inner(x, np.swapaxes(w, 0, 1)) + np.broadcast_to(b, (x.shape[0], w.shape[1]))
