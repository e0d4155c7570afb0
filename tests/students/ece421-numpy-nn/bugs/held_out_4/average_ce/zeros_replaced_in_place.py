"""Mistake: zeros in the caller's probabilities are replaced.
True: MUTATES_INPUT
"""
import numpy as np


def average_ce(target, prediction):
    prediction[prediction == 0] = 1e-15
    return -np.sum(target * np.log(prediction)) / len(target)
