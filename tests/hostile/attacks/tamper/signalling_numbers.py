"""Numbers that are none, of the kind that makes a processor complain when they are converted."""
import numpy as np


def softmax(x):
    return np.full(x.shape, 0x7F800001, dtype=np.uint32).view(np.float32)
