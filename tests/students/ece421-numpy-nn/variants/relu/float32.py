"""Style: single precision inside and out."""
import numpy as np


def relu(x):
    return np.maximum(x.astype(np.float32), np.float32(0))
