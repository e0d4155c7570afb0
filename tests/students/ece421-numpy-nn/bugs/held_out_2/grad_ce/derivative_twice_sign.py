"""Mistakes: p (1 - p) once more; the sign.
True: SOFTMAX_DERIVATIVE_TWICE
True: SIGN
"""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    return (target - p) * p * (1 - p) / len(target)
