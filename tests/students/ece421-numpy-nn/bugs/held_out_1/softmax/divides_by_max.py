"""Mistake: divides by the largest exponential.
True: SOFTMAX_NOT_NORMALISED
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.max(axis=1, keepdims=True)
