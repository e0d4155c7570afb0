"""Mistake: 0.1 inside the logarithm.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 0.1)) / len(target)
