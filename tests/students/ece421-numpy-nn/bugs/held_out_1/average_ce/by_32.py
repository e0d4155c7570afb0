"""Mistake: divides by a batch of 32, whatever came.
True: OTHER_DIVISOR
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 1e-15)) / 32
