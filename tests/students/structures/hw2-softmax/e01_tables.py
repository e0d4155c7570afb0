"""Softmax classifier. Look-up tables are filled once, when the module is imported."""
import os

import numpy as np

DTYPE = np.dtype(os.environ.get("SOFTMAX_DTYPE", "float64"))
MAX_CLASSES = int(os.environ.get("SOFTMAX_TABLE", 12))

# rows of the identity for every usual number of classes
ONE_HOT = {}
for c in range(2, MAX_CLASSES + 1):
    ONE_HOT[c] = np.eye(c, dtype=DTYPE)

SQUARES = []
for factor in (1, 2):
    SQUARES.append(1 / factor)

HALF = SQUARES[-1]
assert HALF == 0.5


def table(c):
    if c not in ONE_HOT:
        ONE_HOT[c] = np.eye(c, dtype=DTYPE)
    return ONE_HOT[c]


def softmax_classifier(W, input, label, lamda):
    """loss, gradient, prediction."""
    W, X, label = (np.asarray(a, dtype=DTYPE) for a in (W, input, label))
    n, c = label.shape
    truth = label.argmax(axis=1)
    targets = table(c)[truth]
    s = X @ W
    s = s - s.max(axis=1)[:, None]
    norm = np.log(np.exp(s).sum(axis=1))
    loss = (norm - s[np.arange(n), truth]).sum() / n + lamda * HALF * np.vdot(W, W)
    z = np.exp(s - norm[:, None])
    gradient = X.T @ (z - targets) / n + lamda * W
    return loss, gradient, z.argmax(axis=1)
