"""Mistake: the epsilon is added to the logarithm, not inside it.
True: LOG_ZERO
"""
import numpy as np


def average_ce(target, prediction):
    epsilon = 1e-15
    return -np.sum(target * (np.log(prediction) + epsilon)) / len(target)
