"""Mistake: probabilities below 0.05 are set to 0.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.where(p < 0.05, 0, p)
