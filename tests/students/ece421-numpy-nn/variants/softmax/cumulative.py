"""Style: sums by np.cumsum."""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / np.cumsum(e, axis=1)[:, -1:]
