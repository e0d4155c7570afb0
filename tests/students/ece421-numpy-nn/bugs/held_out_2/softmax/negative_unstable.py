"""Mistakes: exp(-z); no shift.
True: SOFTMAX_SIGN
True: SOFTMAX_UNSTABLE
"""
import numpy as np


def softmax(logits):
    return np.exp(-logits) / np.exp(-logits).sum(axis=1, keepdims=True)
