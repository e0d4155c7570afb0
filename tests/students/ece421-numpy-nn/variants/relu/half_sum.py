"""Style: (x +."""
import numpy as np


def relu(x):
    return (x + np.abs(x)) / 2
