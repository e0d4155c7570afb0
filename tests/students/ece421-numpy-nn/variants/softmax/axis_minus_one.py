"""Style: axis=-1."""
import numpy as np


def softmax(logits):
    z = logits - logits.max(-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(-1, keepdims=True)
