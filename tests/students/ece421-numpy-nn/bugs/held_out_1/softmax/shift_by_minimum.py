"""Mistake: subtracts the smallest logit of each row.
True: SOFTMAX_UNSTABLE
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.min(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
