"""Mistake: the entry of the label is set to -1 in place of lowered by 1.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    N = len(target)
    grad = np.array(softmax(logits))
    grad[np.arange(N), np.argmax(target, axis=1)] = -1
    return grad / N
