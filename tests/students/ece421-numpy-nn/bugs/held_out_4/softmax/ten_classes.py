"""Mistake: the number of classes is written as 10.
True: HARDCODED_CLASSES, RAISED, SHAPE
"""
import numpy as np


def softmax(logits):
    n = logits.shape[0]
    out = np.zeros((n, 10))
    for i in range(n):
        m = logits[i].max()
        total = sum(np.exp(logits[i, k] - m) for k in range(10))
        for k in range(10):
            out[i, k] = np.exp(logits[i, k] - m) / total
    return out
