"""Style: np.subtract and np.divide."""
import numpy as np


def grad_ce(target, logits):
    return np.divide(np.subtract(softmax(logits), target), logits.shape[0])
