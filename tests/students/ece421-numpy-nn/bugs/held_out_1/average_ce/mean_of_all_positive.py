"""Mistakes: divided by N C; the sign.
True: DIVIDES_BY_NK
True: SIGN
"""
import numpy as np


def average_ce(target, prediction):
    return np.mean(target * np.log(prediction + 1e-15))
