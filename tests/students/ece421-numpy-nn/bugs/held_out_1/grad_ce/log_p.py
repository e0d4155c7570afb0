"""Mistake: the logarithm of the softmax minus the target.
True: SOFTMAX_LOG
"""
import numpy as np


def grad_ce(target, logits):
    return (np.log(softmax(logits) + 1e-15) - target) / len(target)
