"""Mistakes: one loss an example; the sign.
True: LOSS_NOT_REDUCED
True: SIGN
"""
import numpy as np


def average_ce(target, prediction):
    return np.sum(target * np.log(prediction + 1e-15), axis=1)
