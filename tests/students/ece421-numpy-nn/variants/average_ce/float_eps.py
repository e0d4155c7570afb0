"""Style: NumPy's own eps."""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + np.finfo(float).eps)) / target.shape[0]
