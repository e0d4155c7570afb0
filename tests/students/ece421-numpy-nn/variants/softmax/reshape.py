"""Style: sums spread by reshape."""
import numpy as np


def softmax(logits):
    n = logits.shape[0]
    e = np.exp(logits - np.amax(logits, axis=1).reshape(n, 1))
    return e / np.sum(e, axis=1).reshape(-1, 1)
