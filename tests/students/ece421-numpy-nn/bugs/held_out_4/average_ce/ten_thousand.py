"""Mistake: divides by the 10 000 examples of the training set.
True: HARDCODED_BATCH, OTHER_DIVISOR, FACTOR, OTHER_FORMULA
"""
import numpy as np


_average_ce_N = 10000


def average_ce(target, prediction):
    return -(1 / _average_ce_N) * np.sum(target * np.log(prediction + 1e-12))
