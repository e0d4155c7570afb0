"""Mistake: only the first half is normalised.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    half = (len(e) + 1) // 2
    e[:half] /= e[:half].sum(axis=1, keepdims=True)
    return e
