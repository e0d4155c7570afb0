"""Mistake: its own softmax divides by the sum of the whole matrix.
True: SOFTMAX_WHOLE_MATRIX, OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    e = np.exp(logits - np.max(logits))
    p = e / np.sum(e)
    return (p - target) / len(target)
