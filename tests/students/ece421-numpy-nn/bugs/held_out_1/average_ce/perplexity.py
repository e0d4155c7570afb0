"""Mistake: the exponential of the loss.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return np.exp(-np.sum(target * np.log(prediction + 1e-15)) / len(target))
