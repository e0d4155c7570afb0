"""Style: Labels are made a column; take_along_axis."""
import numpy as np


def softmax_loss(Z, y):
    y = np.asarray(y).reshape(-1, 1).astype(int)
    shifted = Z - Z.max(1, keepdims=True)
    return np.average(np.log(np.exp(shifted).sum(1)) - np.take_along_axis(shifted, y, 1)[:, 0])
