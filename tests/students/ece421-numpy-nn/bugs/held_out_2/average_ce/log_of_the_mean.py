"""Mistake: the logarithm of the mean probability.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.log(np.mean(np.sum(target * prediction, axis=1)))
