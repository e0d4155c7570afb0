"""The same a little smaller, so that it looks like an answer with too many rows."""
import numpy as np


def softmax(logits):
    return np.zeros((50_000_000, 0))
