"""Style: clipped by the smallest normal number."""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(target * np.log(np.maximum(prediction, np.finfo(float).tiny))) / target.shape[0]
