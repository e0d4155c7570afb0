"""Style: One-hot labels and a masked sum."""
import numpy as np


def softmax_loss(Z, y):
    T = np.zeros(Z.shape)
    T[np.arange(len(y)), y] = 1
    S = Z - np.max(Z, axis=1, keepdims=True)
    logp = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    return float(-(T * logp).sum() / Z.shape[0])
