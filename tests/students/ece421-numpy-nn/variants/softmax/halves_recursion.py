"""Style: recursion over halves of the batch."""
import numpy as np


def softmax(logits):
    if len(logits) > 1:
        half = len(logits) // 2
        return np.concatenate([softmax(logits[:half]), softmax(logits[half:])])
    e = np.exp(logits - logits.max())
    return e / e.sum()
