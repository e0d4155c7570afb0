"""Numbers with field names."""
import numpy as np


def softmax(logits):
    return np.zeros(logits.shape, [("right", "f8"), ("wrong", "f8")])
