"""Style: sums by a product with ones."""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / (e @ np.ones((logits.shape[1], 1)))
