"""Style: theta[:] = ..., which writes into the given array."""
import numpy as np


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n = X.shape[0]
    for s in range((n + batch - 1) // batch):
        rows = slice(s * batch, min((s + 1) * batch, n))
        x, t = X[rows], y[rows]
        h = x.dot(theta)
        h = np.exp(h - h.max(axis=1, keepdims=True))
        h = h / h.sum(axis=1, keepdims=True)
        h[np.arange(len(t)), t] -= 1.0
        theta[:] = theta - lr * np.dot(x.T, h) / len(t)
