"""Mistake: 1 is subtracted once for each class, at its first example.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    d = np.array(softmax(logits))
    d[np.argmax(target, axis=0), np.arange(target.shape[1])] -= 1
    return d / target.shape[0]
