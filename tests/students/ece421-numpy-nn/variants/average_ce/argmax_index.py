"""Style: picks the true class by its index."""
import numpy as np


def average_ce(target, prediction):
    n = target.shape[0]
    return -np.log(prediction[np.arange(n), target.argmax(axis=1)]).sum() / n
