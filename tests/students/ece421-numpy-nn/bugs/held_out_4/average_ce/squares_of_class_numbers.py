"""Mistake: the mean square of the difference of class numbers.
True: LOSS_ON_ARGMAX, OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    y = np.argmax(target, axis=1)
    y_hat = np.argmax(prediction, axis=1)
    return np.mean((y - y_hat) ** 2)
