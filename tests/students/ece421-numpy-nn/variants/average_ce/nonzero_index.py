"""Style: picks the true class by np.nonzero."""
import numpy as np


def average_ce(target, prediction):
    rows, classes = np.nonzero(target)
    return np.mean(-np.log(prediction[rows, classes]))
