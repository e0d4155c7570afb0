"""Style: also for one row without a batch axis."""
import numpy as np


def softmax(x):
    x = np.asarray(x, dtype=float)
    if x.ndim == 1:
        return softmax(x[None, :])[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
