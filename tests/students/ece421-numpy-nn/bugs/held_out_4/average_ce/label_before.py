"""Mistake: the classes are taken to be counted from 1.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    y = np.argmax(target, axis=1)
    picked = prediction[np.arange(len(y)), y - 1]
    return -np.mean(np.log(picked + 1e-15))
