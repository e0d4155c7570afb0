"""Style: 1e-6 added, the largest accepted."""
import numpy as np


def average_ce(target, prediction):
    return -1 / len(target) * np.sum(target * np.log(prediction + 1e-6))
