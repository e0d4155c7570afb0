"""Mistakes: exponentials alone; without a shift.
True: SOFTMAX_NOT_NORMALISED
True: SOFTMAX_UNSTABLE
"""
import numpy as np


def softmax(logits):
    return np.exp(logits)
