"""Mistake: sums over the batch and takes the mean over the classes.
True: OTHER_DIVISOR, OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    per_class = np.sum(-target * np.log(prediction + 1e-10), axis=0)
    return np.mean(per_class)
