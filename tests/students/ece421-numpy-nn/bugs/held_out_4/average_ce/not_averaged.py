"""Mistake: the sum runs over the classes only, one number for each example.
True: LOSS_NOT_REDUCED, SHAPE
"""
import numpy as np


def average_ce(target, prediction):
    loss = -np.sum(target * np.log(prediction + 1e-12), axis=1)
    return loss
