"""Mistake: 1e-3 is added to the sum.
True: OTHER_FORMULA, SOFTMAX_NOT_NORMALISED
"""
import numpy as np


def softmax(logits):
    eps = 1e-3
    z = logits - np.max(logits, axis=1, keepdims=True)
    return np.exp(z) / (np.sum(np.exp(z), axis=1, keepdims=True) + eps)
