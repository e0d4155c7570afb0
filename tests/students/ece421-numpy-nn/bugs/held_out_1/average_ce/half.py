"""Mistake: a factor of 1/2 too much.
True: FACTOR_HALF, FACTOR
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 1e-15)) / (2 * len(target))
