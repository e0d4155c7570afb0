"""Mistake: multiplied by p once more.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    return p * (p - target) / len(target)
