"""Style: 1e-15 added."""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(prediction + 1e-15)) / target.shape[0]
