"""Mistake: the largest gets 1 and the others 0.
True: OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    p = np.zeros_like(logits)
    p[np.arange(len(logits)), np.argmax(logits, axis=1)] = 1
    return p
