"""Mistake: keepdims is missing in the sum.
True: RAISED, OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    exps = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return exps / np.sum(exps, axis=1)
