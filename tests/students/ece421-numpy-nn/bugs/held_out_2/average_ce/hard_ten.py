"""Mistake: divides by 10 N.
True: OTHER_DIVISOR, FACTOR
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 1e-15)) / (10 * len(target))
