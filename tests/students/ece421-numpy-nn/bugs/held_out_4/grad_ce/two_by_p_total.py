"""Mistakes: the derivative by the probabilities; the total.
True: GRAD_WRT_PROB, OTHER_FORMULA
True: TOTAL_NOT_MEAN
"""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    grad = np.zeros_like(p)
    for n in range(len(target)):
        k = np.argmax(target[n])
        grad[n, k] = -1 / p[n, k]
    return grad
