"""Mistake: twice the gradient.
True: FACTOR_TWO, FACTOR
"""
import numpy as np


def grad_ce(target, logits):
    return 2 * (softmax(logits) - target) / len(target)
