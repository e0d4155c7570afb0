"""Mistake: rounded to 3 places.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return round(float(-np.sum(target * np.log(prediction + 1e-15)) / len(target)), 3)
