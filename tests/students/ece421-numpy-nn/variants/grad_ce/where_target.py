"""Style: np.where on the target."""
import numpy as np


def grad_ce(target, logits):
    p = np.asarray(softmax(logits))
    return np.where(target == 1, p - 1, p) / len(target)
