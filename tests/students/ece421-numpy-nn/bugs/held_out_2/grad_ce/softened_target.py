"""Mistake: smooths the target by 0.1.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    return (softmax(logits) - (0.9 * target + 0.1 / target.shape[1])) / len(target)
