"""More memory than the machine is asked to give."""
import numpy as np


def attack():
    return np.ones(1 << 32).sum()
