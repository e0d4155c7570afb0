"""Style: p/N - t/N."""
import numpy as np


def grad_ce(target, logits):
    n = float(len(target))
    return np.divide(softmax(logits), n) - np.divide(target, n)
