"""Style: np.apply_along_axis."""
import numpy as np


def softmax(logits):
    def one(row):
        e = np.exp(row - row.max())
        return e / e.sum()

    return np.apply_along_axis(one, 1, logits)
