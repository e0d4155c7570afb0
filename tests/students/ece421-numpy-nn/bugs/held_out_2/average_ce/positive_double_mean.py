"""Mistakes: the sign; divided by N twice.
True: SIGN
True: DOUBLE_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    return np.mean(np.sum(target * np.log(prediction + 1e-15), axis=1)) / len(target)
