"""Mistake: the minus is forgotten.
True: SIGN
"""
import numpy as np


def average_ce(target, prediction):
    N = target.shape[0]
    labels = np.argmax(target, axis=1)
    return np.sum(np.log(prediction[np.arange(N), labels] + 1e-15)) / N
