"""Style: np.where with the condition turned round."""
import numpy as np


def relu(x):
    return np.where(x < 0, 0.0, x)
