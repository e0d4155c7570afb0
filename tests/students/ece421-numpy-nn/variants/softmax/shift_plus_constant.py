"""Style: shifted a little further than the maximum."""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True) - 1.0)
    return e / e.sum(axis=1, keepdims=True)
