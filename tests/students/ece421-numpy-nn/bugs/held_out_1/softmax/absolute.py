"""Mistake: exponentials of the absolute logits.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    z = np.abs(logits)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
