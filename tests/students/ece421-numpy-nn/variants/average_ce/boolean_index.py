"""Style: picks the true class by a mask."""
import numpy as np


def average_ce(target, prediction):
    return -np.mean(np.log(prediction[target.astype(bool)]))
