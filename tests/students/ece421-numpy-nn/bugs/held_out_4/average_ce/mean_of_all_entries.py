"""Mistake: np.mean over all entries, which divides by the classes too.
True: DIVIDES_BY_NK, OTHER_DIVISOR, OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    log_likelihood = target * np.log(prediction + 1e-12)
    return -np.mean(log_likelihood)
