"""Style: 1e-8 added."""
import numpy as np


def average_ce(target, prediction):
    return -(target * np.log(1e-8 + prediction)).sum(axis=1).mean()
