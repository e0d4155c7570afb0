"""Style: times np.heaviside with 1/2 at the kink."""
import numpy as np


def relu(x):
    return x * np.heaviside(x, 0.5)
