"""Style: np.maximum with the arguments the other way round."""
import numpy as np


def relu(x):
    return np.maximum(0.0, x)
