"""Mistake: the logarithm is missing.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * prediction) / len(target)
