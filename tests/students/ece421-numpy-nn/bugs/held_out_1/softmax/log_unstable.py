"""Mistakes: returns logarithms; without a shift.
True: SOFTMAX_LOG
True: SOFTMAX_UNSTABLE
"""
import numpy as np


def softmax(logits):
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
