"""Mistakes: the epsilon is added to the caller's array; the total.
True: MUTATES_INPUT
True: TOTAL_NOT_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    prediction += 1e-12
    return -np.sum(target * np.log(prediction))
