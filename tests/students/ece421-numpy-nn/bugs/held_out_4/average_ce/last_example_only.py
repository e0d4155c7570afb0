"""Mistake: = in place of +=: only the last example is kept.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    N = len(target)
    for t, p in zip(target, prediction):
        total = -np.sum(t * np.log(p + 1e-12))
    return total / N
