"""Mistake: the loss of logistic regression, with the terms (1 - t) log(1 - p).
True: BINARY_CROSS_ENTROPY, OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    p = np.clip(prediction, 1e-12, 1 - 1e-12)
    losses = target * np.log(p) + (1 - target) * np.log(1 - p)
    return -np.sum(losses) / len(target)
