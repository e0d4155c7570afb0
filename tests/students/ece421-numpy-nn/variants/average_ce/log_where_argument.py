"""Style: np.log with where= and out=."""
import numpy as np


def average_ce(target, prediction):
    logs = np.log(prediction, where=target > 0, out=np.zeros_like(prediction))
    return -float(np.sum(target * logs)) / len(target)
