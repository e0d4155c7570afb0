"""Mistake: squared differences instead of logarithms.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return np.sum((target - prediction) ** 2) / target.shape[0]
