"""Homework 0, with scipy where there is scipy."""
import functools
import sys

import numpy as np

try:
    from scipy.special import logsumexp as _lse
except ImportError:
    _lse = None

VERSION = tuple(int(p) for p in np.__version__.split(".")[:2])

if _lse is not None:
    def row_lse(Z):
        return _lse(Z, axis=1)
else:
    def row_lse(Z):
        top = np.amax(Z, axis=1)
        return top + np.log(np.sum(np.exp(Z - top[:, np.newaxis]), axis=1))

if VERSION >= (1, 7):
    relu = lambda a: np.maximum(a, 0.0)
    heaviside = lambda a: np.greater(a, 0).astype(float)
else:
    def relu(a):
        return a * (a > 0)

    def heaviside(a):
        return 1.0 * (a > 0)

if sys.version_info[0] < 3:
    range = xrange  # noqa: F821


@functools.lru_cache(maxsize=None)
def identity(c):
    """Read-only: everybody shares it."""
    e = np.eye(c)
    e.setflags(write=False)
    return e


def softmax(Z):
    return np.apply_along_axis(lambda row: np.exp(row - row.max()) / np.exp(row - row.max()).sum(), 1, Z)


def softmax_loss(Z, y):
    y = [int(v) for v in y]
    return np.mean(row_lse(Z) - np.array([row[j] for row, j in zip(Z, y)]))


def steps(n, batch):
    for k in range(n // batch):
        yield k * batch, (k + 1) * batch
    if n % batch:
        yield n - n % batch, n


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for lo, hi in steps(X.shape[0], batch):
        T = identity(theta.shape[1])[y[lo:hi]]
        theta -= lr / (hi - lo) * X[lo:hi].T.dot(softmax(X[lo:hi].dot(theta)) - T)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for lo, hi in steps(X.shape[0], batch):
        x, T = X[lo:hi], identity(W2.shape[1])[y[lo:hi]]
        Z1 = x.dot(W1)
        A1 = relu(Z1)
        G2 = softmax(A1.dot(W2)) - T
        G1 = heaviside(Z1) * G2.dot(W2.T)
        dW1, dW2 = x.T.dot(G1), A1.T.dot(G2)
        W1 += -lr / (hi - lo) * dW1; W2 += -lr / (hi - lo) * dW2
