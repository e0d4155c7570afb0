"""Style: logaddexp.reduce does the shift."""
import numpy as np


def softmax_loss(Z, y):
    return np.mean(np.logaddexp.reduce(Z, axis=1) - Z[np.arange(Z.shape[0]), y])
