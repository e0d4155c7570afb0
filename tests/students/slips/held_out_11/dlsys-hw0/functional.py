"""HW0.  Written around two ideas: a generator that cuts (X, y) into batches, and
log-softmax as the only place where exponentials meet logarithms.

(`parse_mnist` and `add` of the original homework are left out.)
"""
from typing import Iterator, Tuple

import numpy as np

Array = np.ndarray


def minibatches(X: Array, y: Array, size: int) -> Iterator[Tuple[Array, Array]]:
    cuts = range(size, X.shape[0], size)
    yield from zip(np.split(X, cuts), np.split(y, cuts))


def encode(labels: Array, n_classes: int) -> Array:
    """one-hot rows by comparison"""
    return np.equal.outer(labels, np.arange(n_classes)).astype(np.float64)


def logsumexp(Z: Array) -> Array:
    """(B, C) -> (B, 1)"""
    peak = np.amax(Z, axis=-1, keepdims=True)
    return peak + np.log(np.exp(Z - peak).sum(axis=-1, keepdims=True))


def residual(logits: Array, labels: Array) -> Array:
    """d(mean loss)/d(logits): (softmax - onehot) / B"""
    p = np.exp(logits - logsumexp(logits))
    return (p - encode(labels, logits.shape[1])) / logits.shape[0]


def softmax_loss(Z, y):
    picked = np.take_along_axis(Z, np.asarray(y, dtype=np.intp)[:, None], axis=1)
    return float((logsumexp(Z) - picked).mean())


def descend(weights: Array, gradient: Array, lr: float) -> None:
    np.subtract(weights, lr * gradient, out=weights)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for xb, yb in minibatches(X, y, batch):
        r = residual(xb @ theta, yb)
        descend(theta, xb.T @ r, lr)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for xb, yb in minibatches(X, y, batch):
        pre = xb @ W1
        gate = (pre > 0).astype(pre.dtype)
        hid = gate * pre
        r = residual(hid @ W2, yb)
        back = gate * (r @ W2.T)
        g1, g2 = xb.T @ back, hid.T @ r
        descend(W1, g1, lr)
        descend(W2, g2, lr)
