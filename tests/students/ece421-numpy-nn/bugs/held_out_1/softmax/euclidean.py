"""Mistake: divides by the Euclidean norm of the exponentials.
True: SOFTMAX_NOT_NORMALISED
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / np.sqrt((e**2).sum(axis=1, keepdims=True))
