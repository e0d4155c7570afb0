"""Mistakes: the shift changes the caller's array; the sum runs over the batch.
True: MUTATES_INPUT
True: SOFTMAX_AXIS, OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    logits -= np.max(logits, axis=0, keepdims=True)
    e = np.exp(logits)
    return e / np.sum(e, axis=0, keepdims=True)
