"""Mistake: // in place of /.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    n = target.shape[0]
    return (softmax(logits) - target) // n
