"""Style: sums spread by None."""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]
