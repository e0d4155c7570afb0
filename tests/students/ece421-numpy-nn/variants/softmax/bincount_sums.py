"""Style: np.bincount with weights makes the sums of the rows."""
import numpy as np


def softmax(logits):
    n, k = logits.shape
    exps = np.exp(logits - np.amax(logits, axis=1)[:, None])
    row = np.repeat(np.arange(n), k)
    sums = np.bincount(row, weights=exps.reshape(-1), minlength=n)
    return (exps.reshape(-1) / sums[row]).reshape(n, k)
