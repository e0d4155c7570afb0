"""Mistake: the absolute differences.
True: -
"""
import numpy as np


def grad_ce(target, logits):
    return np.abs(softmax(logits) - target) / len(target)
