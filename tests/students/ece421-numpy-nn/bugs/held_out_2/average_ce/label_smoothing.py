"""Mistake: 0.1 of smoothing.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    t = 0.9 * target + 0.1 / target.shape[1]
    return -np.sum(t * np.log(prediction + 1e-15)) / len(target)
