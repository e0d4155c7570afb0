"""Mistake: the argmax runs over the batch: one example for each class.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    rows = np.argmax(target, axis=0)
    picked = prediction[rows, np.arange(target.shape[1])]
    return -np.mean(np.log(picked + 1e-15))
