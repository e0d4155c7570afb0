"""Mistake: the absolute differences.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    return np.abs(softmax(logits) - target) / len(target)
