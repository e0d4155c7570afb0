"""Mistake: one maximum for the whole matrix.
True: GLOBAL_MAX_SHIFT
"""
import numpy as np


def softmax(logits):
    stable = logits - np.amax(logits)
    numerator = np.exp(stable)
    denominator = np.sum(numerator, axis=1).reshape(-1, 1)
    return numerator / denominator
