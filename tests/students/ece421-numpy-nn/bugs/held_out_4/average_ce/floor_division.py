"""Mistake: // in place of /.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    total = -np.sum(target * np.log(prediction + 1e-15))
    return total // target.shape[0]
