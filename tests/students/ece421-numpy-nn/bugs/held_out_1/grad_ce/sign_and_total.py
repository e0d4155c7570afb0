"""Mistakes: the sign; the total.
True: SIGN
True: TOTAL_NOT_MEAN
"""
import numpy as np


def grad_ce(target, logits):
    return target - softmax(logits)
