"""Mistakes: base 10; the total.
True: LOG_BASE
True: TOTAL_NOT_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log10(prediction + 1e-15))
