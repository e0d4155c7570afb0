"""Mistakes: base 2; the mean of all entries.
True: LOG_BASE
True: DIVIDES_BY_NK, OTHER_DIVISOR
"""
import numpy as np


def average_ce(target, prediction):
    return -np.mean(target * np.log2(prediction + 1e-15))
