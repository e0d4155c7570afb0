"""Style: the logarithm of sum t p."""
import numpy as np


def average_ce(target, prediction):
    return -np.log((target * prediction).sum(axis=1)).mean()
