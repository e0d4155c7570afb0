from __future__ import annotations

from typing import Iterator, NamedTuple, Protocol

import numpy as np


class Batch(NamedTuple):
    inputs: np.ndarray
    targets: np.ndarray

    @property
    def size(self) -> int:
        return len(self.inputs)


class Model(Protocol):
    def gradients(self, b: Batch) -> Iterator[tuple[np.ndarray, np.ndarray]]: ...


def _slices(n: int, step: int) -> Iterator[slice]:
    start = 0
    while start < n:
        yield slice(start, min(start + step, n))
        start += step


def batches(X, y, step, classes) -> Iterator[Batch]:
    columns = np.arange(classes)
    yield from (Batch(X[s], (y[s][:, None] == columns).astype(float)) for s in _slices(len(X), int(step)))


def _log_softmax(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


class Linear:
    def __init__(self, theta):
        self.theta = theta

    def gradients(self, b):
        residual = np.exp(_log_softmax(b.inputs @ self.theta)) - b.targets
        yield self.theta, b.inputs.T @ residual


class TwoLayer:
    def __init__(self, W1, W2):
        self.W1, self.W2 = W1, W2

    def gradients(self, b):
        pre = b.inputs @ self.W1
        hidden = pre.clip(min=0)
        g2 = np.exp(_log_softmax(hidden @ self.W2)) - b.targets
        g1 = np.where(pre > 0, g2 @ self.W2.T, 0.0)
        yield self.W1, b.inputs.T @ g1
        yield self.W2, hidden.T @ g2


def _run(model: Model, data: Iterator[Batch], lr: float) -> None:
    for b in data:
        # list(): the generator has to be exhausted before a weight moves
        for weight, grad in list(model.gradients(b)):
            weight -= (lr / b.size) * grad


def softmax_loss(Z, y):
    logp = _log_softmax(np.asarray(Z))
    return -np.mean(np.take_along_axis(logp, np.asarray(y).astype(np.intp)[:, None], axis=1))


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    _run(Linear(theta), batches(X, y, batch, theta.shape[1]), lr)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    _run(TwoLayer(W1, W2), batches(X, y, batch, W2.shape[1]), lr)
