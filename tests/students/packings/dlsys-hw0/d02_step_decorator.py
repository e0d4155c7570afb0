"""HW0. I only wrote what happens on ONE mini-batch; the decorator makes an epoch of it."""
import functools
import inspect
from itertools import count, takewhile

import numpy as np


def epoch_of(step):
    """Turns a function for one mini-batch into one for all of them, in order."""
    signature = inspect.signature(step)

    @functools.wraps(step)
    def run(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        X, y, batch = bound.arguments["X"], bound.arguments["y"], bound.arguments["batch"]
        for begin in takewhile(lambda i: i < len(X), count(0, batch)):
            here = slice(begin, begin + batch)
            bound.arguments.update(X=X[here], y=y[here])
            step(*bound.args, **bound.kwargs)

    return run


@functools.lru_cache(maxsize=None)
def _one_hot_table(k):
    return np.eye(k)


def one_hot(y, k):
    return _one_hot_table(k)[y]


def softmax(Z):
    return (E := np.exp(Z - Z.max(axis=1, keepdims=True))) / E.sum(axis=1, keepdims=True)


def softmax_loss(Z, y):
    Z = Z - Z.max(axis=1, keepdims=True)
    picked = np.fromiter((row[label] for row, label in zip(Z, y)), dtype=Z.dtype, count=len(y))
    return float((np.log(np.exp(Z).sum(axis=1)) - picked).mean())


@epoch_of
def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One step; see epoch_of."""
    residual = softmax(X @ theta) - one_hot(y, theta.shape[1])
    np.subtract(theta, lr / len(X) * X.T @ residual, out=theta)


@epoch_of
def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One step; see epoch_of."""
    hidden = np.clip(X @ W1, 0, None)
    g2 = softmax(hidden @ W2) - one_hot(y, W2.shape[1])
    g1 = np.where(hidden > 0, g2 @ W2.T, 0)
    W1[...] = W1 - lr / len(X) * (X.T @ g1)
    W2[...] = W2 - lr / len(X) * (hidden.T @ g2)


assert list(inspect.signature(nn_epoch).parameters) == ["X", "y", "W1", "W2", "lr", "batch"]
