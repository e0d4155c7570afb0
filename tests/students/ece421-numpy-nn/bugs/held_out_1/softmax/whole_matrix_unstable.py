"""Mistakes: divides by the sum of the whole matrix; without a shift.
True: SOFTMAX_WHOLE_MATRIX
True: SOFTMAX_UNSTABLE
"""
import numpy as np


def softmax(logits):
    return np.exp(logits) / np.sum(np.exp(logits))
