"""Mistake: log(1 + p).
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log1p(prediction)) / len(target)
