"""Mistake: the running sum is not set to 0 for each row.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    out = np.exp(logits - logits.max(axis=1, keepdims=True))
    total = 0.0
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            total += out[i, j]
        out[i] = out[i] / total
    return out
