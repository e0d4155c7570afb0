"""Mistake: divides by N - 1.
True: OTHER_DIVISOR
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 1e-15)) / max(len(target) - 1, 1)
