"""Mistake: divides the logits by 2.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    z = (logits - logits.max(axis=1, keepdims=True)) / 2
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
