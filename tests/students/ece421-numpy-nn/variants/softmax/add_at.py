"""Style: np.add.at collects the sums."""
import numpy as np


def softmax(logits):
    i, j = np.indices(logits.shape)
    top = np.full(len(logits), -np.inf)
    np.maximum.at(top, i, logits)
    e = np.exp(logits - top[i])
    total = np.zeros(len(logits))
    np.add.at(total, i, e)
    return e / total[i]
