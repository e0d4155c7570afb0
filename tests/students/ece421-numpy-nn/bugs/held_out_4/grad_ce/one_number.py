"""Mistake: np.mean without an axis.
True: SCALAR_GRADIENT, SHAPE
"""
import numpy as np


def grad_ce(target, logits):
    return np.mean(softmax(logits) - target)
