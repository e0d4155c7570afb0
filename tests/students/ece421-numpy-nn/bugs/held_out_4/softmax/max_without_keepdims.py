"""Mistake: keepdims is missing in the shift.
True: RAISED, OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    shifted = logits - np.max(logits, axis=1)
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=1, keepdims=True)
