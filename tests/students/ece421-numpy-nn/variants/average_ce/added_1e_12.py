"""Style: 1e-12 added, a mean of row sums."""
import numpy as np


def average_ce(target, prediction):
    return -np.mean(np.sum(target * np.log(prediction + 1e-12), axis=1))
