"""Style: single precision."""
import numpy as np


def average_ce(target, prediction):
    p = prediction.astype(np.float32)
    return -np.sum(target.astype(np.float32) * np.log(p + np.float32(1e-12))) / np.float32(len(p))
