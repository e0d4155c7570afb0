"""Style: np.subtract.at."""
import numpy as np


def grad_ce(target, logits):
    d = np.array(softmax(logits), dtype=float)
    np.subtract.at(d, np.nonzero(target), 1.0)
    return d / len(d)
