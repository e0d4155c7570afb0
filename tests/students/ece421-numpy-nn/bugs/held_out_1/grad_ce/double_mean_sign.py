"""Mistakes: divided by N twice; the sign.
True: DOUBLE_MEAN
True: SIGN
"""
import numpy as np


def grad_ce(target, logits):
    return (target - softmax(logits)) / len(target) ** 2
