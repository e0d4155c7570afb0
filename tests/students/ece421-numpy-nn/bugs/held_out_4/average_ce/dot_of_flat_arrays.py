"""Mistake: the logarithm of 0 is multiplied by 0.
True: LOG_ZERO
"""
import numpy as np


def average_ce(target, prediction):
    n = target.shape[0]
    return -np.dot(target.flatten(), np.log(prediction).flatten()) / n
