"""Mistake: focal weights (1 - p).
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * (1 - prediction) * np.log(prediction + 1e-15)) / len(target)
