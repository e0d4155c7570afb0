"""Mistake: divided by the root of N.
True: OTHER_DIVISOR
"""
import numpy as np


def grad_ce(target, logits):
    return (softmax(logits) - target) / np.sqrt(len(target))
