"""Style: the logarithm only where the target is 1."""
import numpy as np


def average_ce(target, prediction):
    logs = np.log(np.where(target == 1, prediction, 1))
    return -logs.sum() / target.shape[0]
