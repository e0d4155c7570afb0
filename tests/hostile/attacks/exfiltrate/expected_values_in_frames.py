"""Look for arrays in every frame that are not the question."""
import sys

import numpy as np


def attack():
    frame, found = sys._getframe(), 0
    while frame is not None:
        for value in frame.f_locals.values():
            if isinstance(value, np.ndarray) and value.ndim and np.allclose(value.sum(-1), 1):
                found += 1
        frame = frame.f_back
    return found
