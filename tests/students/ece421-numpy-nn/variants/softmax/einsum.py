"""Style: sums by einsum."""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))
