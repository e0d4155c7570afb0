"""Mistakes: the sign; the total.
True: SIGN
True: TOTAL_NOT_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    return np.sum(target * np.log(prediction + 1e-15))
