from itertools import batched, count
import numpy as np


def softmax_loss(Z, y):
    return np.mean(np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(y)), y])


def _p(Z):
    E = np.exp(Z - Z.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for rows in batched(range(len(X)), batch):
        x, t = X[list(rows)], y[list(rows)]
        G = _p(x @ theta)
        G[range(len(t)), t] -= 1
        theta[:] = theta - lr * x.T @ G / len(t)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for rows in batched(range(len(X)), batch):
        x, t = X[list(rows)], y[list(rows)]
        Z = np.maximum(x @ W1, 0)
        G = _p(Z @ W2)
        G[range(len(t)), t] -= 1
        g1 = x.T @ ((G @ W2.T) * (Z > 0))
        W2 -= lr / len(t) * Z.T @ G
        W1 -= lr / len(t) * g1
