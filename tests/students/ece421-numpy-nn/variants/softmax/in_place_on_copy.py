"""Style: in-place steps on a copy."""
import numpy as np


def softmax(logits):
    z = logits.copy()
    z -= z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
    return z
