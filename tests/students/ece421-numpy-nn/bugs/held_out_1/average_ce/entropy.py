"""Mistake: the entropy of the prediction.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(prediction * np.log(prediction + 1e-15)) / len(target)
