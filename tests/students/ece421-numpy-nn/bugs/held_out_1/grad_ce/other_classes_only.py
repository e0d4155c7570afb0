"""Mistake: the true class's entry is 0.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    return softmax(logits) * (1 - target) / len(target)
