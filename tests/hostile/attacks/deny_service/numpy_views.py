"""A view that claims more than there is, made real."""
import numpy as np


def attack():
    return float(np.array(np.lib.stride_tricks.as_strided(np.ones(1), (1 << 18, 1 << 18), (0, 0))).sum())
