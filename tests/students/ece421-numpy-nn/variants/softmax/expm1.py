"""Style: expm1 and one."""
import numpy as np


def softmax(logits):
    e = np.expm1(logits - logits.max(axis=1, keepdims=True)) + 1
    return e / e.sum(axis=1, keepdims=True)
