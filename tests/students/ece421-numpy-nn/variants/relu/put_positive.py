"""Style: np.flatnonzero, take and put on the flat array."""
import numpy as np


def relu(x):
    out = np.zeros(x.size)
    where = np.flatnonzero(x > 0)
    np.put(out, where, np.take(x, where))
    return np.reshape(out, x.shape)
