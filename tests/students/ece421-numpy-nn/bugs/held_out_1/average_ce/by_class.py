"""Mistake: one number for each class, averaged over the batch.
True: SHAPE
"""
import numpy as np


def average_ce(target, prediction):
    return -np.mean(target * np.log(prediction + 1e-15), axis=0)
