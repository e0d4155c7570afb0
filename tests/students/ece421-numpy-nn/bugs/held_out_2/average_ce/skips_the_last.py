"""Mistake: the last example is left out of the sum.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target[:-1] * np.log(prediction[:-1] + 1e-15)) / len(target)
