"""Mistake: subtracts the maximum from the exponentials.
True: OTHER_FORMULA, SOFTMAX_UNSTABLE
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits)
    e = e - e.max(axis=1, keepdims=True)
    return e / e.sum(axis=1, keepdims=True)
