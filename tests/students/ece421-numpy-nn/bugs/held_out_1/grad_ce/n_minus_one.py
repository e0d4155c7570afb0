"""Mistake: divides by N - 1.
True: OTHER_DIVISOR
"""
import numpy as np


def grad_ce(target, logits):
    return (softmax(logits) - target) / max(len(target) - 1, 1)
