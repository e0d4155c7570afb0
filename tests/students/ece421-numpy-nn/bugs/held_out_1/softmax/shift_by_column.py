"""Mistake: subtracts the largest logit of each column.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    e = np.exp(logits - logits.max(axis=0, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
