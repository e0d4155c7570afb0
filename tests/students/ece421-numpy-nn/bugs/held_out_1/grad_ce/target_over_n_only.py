"""Mistake: only the target is divided by N, a missing bracket.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    return softmax(logits) - target / len(target)
