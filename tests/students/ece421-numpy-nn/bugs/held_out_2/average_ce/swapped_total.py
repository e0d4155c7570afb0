"""Mistakes: arguments the other way round; the total.
True: ARGUMENTS_SWAPPED
True: TOTAL_NOT_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(prediction * np.log(target + 1e-15))
