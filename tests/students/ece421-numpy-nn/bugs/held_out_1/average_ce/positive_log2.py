"""Mistakes: the sign; logarithm of base 2.
True: SIGN, FACTOR
True: LOG_BASE
"""
import numpy as np


def average_ce(target, prediction):
    return np.sum(target * np.log2(prediction + 1e-15)) / len(target)
