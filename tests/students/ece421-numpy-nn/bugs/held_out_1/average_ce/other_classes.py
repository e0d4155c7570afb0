"""Mistake: the other classes' terms alone, (1 - t) log(1 - p).
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum((1 - target) * np.log(np.maximum(1 - prediction, 1e-12))) / len(target)
