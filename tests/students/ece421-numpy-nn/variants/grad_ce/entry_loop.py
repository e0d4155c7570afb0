"""Style: one entry after the other."""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    n_rows, n_classes = target.shape
    out = np.empty((n_rows, n_classes))
    for n in range(n_rows):
        for k in range(n_classes):
            delta = 1.0 if target[n, k] == 1 else 0.0
            out[n, k] = (p[n][k] - delta) / n_rows
    return out
