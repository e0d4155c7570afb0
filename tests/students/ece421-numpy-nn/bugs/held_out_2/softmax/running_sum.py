"""Mistake: divides by the running sum of the row.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / np.cumsum(e, axis=1)
