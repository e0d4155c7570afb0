"""Mistake: divides by N in the loop and again at the end.
True: DOUBLE_MEAN, OTHER_DIVISOR
"""
import numpy as np


def grad_ce(target, logits):
    N = len(target)
    p = softmax(logits)
    grad = np.zeros(logits.shape)
    for n in range(N):
        grad[n] = (p[n] - target[n]) / N
    return grad / N
