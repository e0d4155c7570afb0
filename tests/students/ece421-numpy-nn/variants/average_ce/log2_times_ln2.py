"""Style: base 2 logarithms, converted."""
import numpy as np


def average_ce(target, prediction):
    return -np.log(2) * np.sum(target * np.log2(prediction + 1e-15)) / len(target)
