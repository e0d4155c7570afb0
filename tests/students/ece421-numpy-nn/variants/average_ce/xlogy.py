"""Style: t log p with its own x log y."""
import numpy as np


def _average_ce_xlogy(x, y):
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def average_ce(target, prediction):
    return -np.average(_average_ce_xlogy(target, prediction).sum(axis=1))
