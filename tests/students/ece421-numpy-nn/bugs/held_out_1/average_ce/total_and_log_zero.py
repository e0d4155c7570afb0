"""Mistakes: the total; 0 log 0.
True: TOTAL_NOT_MEAN
True: LOG_ZERO
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction))
