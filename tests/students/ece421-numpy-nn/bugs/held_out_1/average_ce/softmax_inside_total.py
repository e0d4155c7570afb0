"""Mistakes: a softmax of the probabilities; the total.
True: SOFTMAX_TWICE
True: TOTAL_NOT_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(softmax(prediction)))
