"""Mistake: the target is added.
True: OTHER_FORMULA, SIGN
"""
import numpy as np


def grad_ce(target, logits):
    N = logits.shape[0]
    grad = np.array(softmax(logits))
    grad[range(N), target.argmax(axis=1)] += 1
    return grad / N
