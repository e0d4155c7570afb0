"""Style: the logarithm of prod p^t."""
import numpy as np


def average_ce(target, prediction):
    return -np.log(np.prod(prediction**target, axis=1)).sum() / len(target)
