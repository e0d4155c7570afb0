"""Mistake: exp(z)^2 over the sum of exp(z)^2.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True)) ** 2
    return e / e.sum(axis=1, keepdims=True)
