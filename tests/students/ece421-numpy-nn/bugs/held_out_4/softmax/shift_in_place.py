"""Mistake: subtracts the maximum from the caller's array.
True: MUTATES_INPUT
"""
import numpy as np


def softmax(logits):
    logits -= np.max(logits, axis=1, keepdims=True)
    exp = np.exp(logits)
    return exp / np.sum(exp, axis=1, keepdims=True)
