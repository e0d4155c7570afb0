"""Style: np.clip from below only."""
import numpy as np


def relu(x):
    return np.clip(x, 0, None)
