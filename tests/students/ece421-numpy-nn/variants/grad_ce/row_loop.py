"""Style: one row after the other."""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    out = np.zeros(target.shape)
    for n in range(len(target)):
        out[n] = (np.asarray(p[n]) - target[n]) / len(target)
    return out
