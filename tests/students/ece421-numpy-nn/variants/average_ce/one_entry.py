"""Style: an array of one entry."""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 1e-15), keepdims=True) / target.shape[0]
