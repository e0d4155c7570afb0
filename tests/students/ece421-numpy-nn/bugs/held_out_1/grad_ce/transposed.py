"""Mistake: the result is transposed.
True: TRANSPOSED
"""
import numpy as np


def grad_ce(target, logits):
    return (softmax(logits) - target).T / len(target)
