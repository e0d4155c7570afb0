"""Style: np.select with a default."""
import numpy as np


def relu(x):
    return np.select([x > 0], [x], default=0)
