"""Style: map over the rows, stacked."""
import numpy as np


def relu(x):
    return np.stack(list(map(lambda row: np.where(row > 0, row, 0), x)))
