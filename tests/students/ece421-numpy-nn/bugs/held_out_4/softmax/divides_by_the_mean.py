"""Mistake: divides by the mean of the row in place of its sum.
True: OTHER_FORMULA, SOFTMAX_NOT_NORMALISED, OTHER_DIVISOR
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.mean(axis=1, keepdims=True)
