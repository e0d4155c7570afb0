"""Style: does not call softmax."""
import numpy as np


def grad_ce(target, logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - target) / len(logits)
