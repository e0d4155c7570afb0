"""An array whose entries lie where no memory is."""
import numpy as np


def attack():
    return np.lib.stride_tricks.as_strided(np.zeros(3), (5, 3), (1 << 45, 8))
