"""Mistake: the difference the other way round.
True: SIGN
"""
import numpy as np


def grad_ce(target, logits):
    error = target - softmax(logits)
    return error / error.shape[0]
