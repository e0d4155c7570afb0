"""Mistake: the loop over the rows ends one too early; the last row stays 0.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    n = logits.shape[0]
    probs = np.zeros_like(logits)
    for i in range(0, n - 1):
        z = logits[i] - np.max(logits[i])
        probs[i] = np.exp(z) / np.sum(np.exp(z))
    return probs
