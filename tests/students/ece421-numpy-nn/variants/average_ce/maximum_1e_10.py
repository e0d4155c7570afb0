"""Style: np.maximum with 1e-10."""
import numpy as np


def average_ce(target, prediction):
    return -np.sum(np.multiply(target, np.log(np.maximum(prediction, 1e-10)))) / target.shape[0]
