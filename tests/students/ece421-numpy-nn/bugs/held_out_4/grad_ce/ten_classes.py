"""Mistake: the number of classes is written as 10.
True: HARDCODED_CLASSES, RAISED, SHAPE
"""
import numpy as np


def grad_ce(target, logits):
    N = logits.shape[0]
    p = softmax(logits)
    grad = np.zeros((N, 10))
    for i in range(N):
        for j in range(10):
            grad[i, j] = (p[i, j] - target[i, j]) / N
    return grad
