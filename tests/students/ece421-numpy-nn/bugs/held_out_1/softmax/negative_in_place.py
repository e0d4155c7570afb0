"""Mistakes: exponentials of minus the logits; changes its argument.
True: SOFTMAX_SIGN
True: MUTATES_INPUT
"""
import numpy as np


def softmax(logits):
    logits -= logits.min(axis=1, keepdims=True)
    e = np.exp(-logits)
    return e / e.sum(axis=1, keepdims=True)
