from functools import reduce

import numpy as np


def _lse(Z):  # log-sum-exp, rows
    return reduce(np.logaddexp, np.asarray(Z, dtype=float).T)


def _residual(Z, y):  # softmax(Z) - onehot(y)
    R = np.exp(Z - _lse(Z)[:, None])
    np.subtract.at(R, (np.arange(len(R)), y), 1)
    return R


def _chunks(n, b):
    i = 0
    while (s := slice(i, min(i + b, n))).start < n:
        yield s
        i += b


def softmax_loss(Z, y):
    return np.mean(_lse(Z) - np.take_along_axis(Z, y[:, None].astype(int), 1)[:, 0])


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for s in _chunks(len(X), batch):
        x, R = X[s], _residual(X[s] @ theta, y[s])
        theta -= lr / len(x) * np.einsum("bd,bc->dc", x, R)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for s in _chunks(len(X), batch):
        x = X[s].T  # columns from here on
        h = W1.T @ x
        on = h > 0
        h *= on
        e = _residual((W2.T @ h).T, y[s]).T
        d = on * (W2 @ e)
        k = lr / x.shape[1]
        W1 -= k * x @ d.T
        W2 -= k * h @ e.T
