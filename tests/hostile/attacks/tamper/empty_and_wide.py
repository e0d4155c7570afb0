"""An array without a single entry, whose other axis is a million million long: as lists it would fill any memory."""
import numpy as np


def softmax(logits):
    return np.zeros((1 << 40, 0))
