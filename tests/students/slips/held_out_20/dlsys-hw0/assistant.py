"""Homework 0: softmax regression and a two-layer ReLU network trained with mini-batch SGD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class NetworkGradients:
    """Gradients of the two weight matrices."""

    w1: np.ndarray
    w2: np.ndarray


def _logsumexp(Z: np.ndarray) -> np.ndarray:
    """Row-wise log-sum-exp, numerically stable."""
    row_max = Z.max(axis=1, keepdims=True)
    return (row_max + np.log(np.exp(Z - row_max).sum(axis=1, keepdims=True))).squeeze(axis=1)


def _softmax(Z: np.ndarray) -> np.ndarray:
    """Row-wise softmax, numerically stable."""
    stable = np.exp(Z - Z.max(axis=1, keepdims=True))
    return stable / stable.sum(axis=1, keepdims=True)


def _one_hot(y: np.ndarray, num_classes: int) -> np.ndarray:
    """One-hot encode integer labels."""
    return np.eye(num_classes)[y]


def _batches(X: np.ndarray, y: np.ndarray, batch: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield consecutive mini-batches in order; the last one may be smaller."""
    order = np.arange(X.shape[0])
    for start in range(0, X.shape[0], batch):
        rows = order[start : start + batch]
        yield X[rows], y[rows]


def _logit_gradient(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Gradient of the average softmax loss with respect to the logits."""
    return (_softmax(logits) - _one_hot(labels, logits.shape[1])) / logits.shape[0]


def _network_gradients(x: np.ndarray, labels: np.ndarray, W1: np.ndarray, W2: np.ndarray) -> NetworkGradients:
    """Forward and backward pass of ``relu(x W1) W2``."""
    hidden = np.maximum(x @ W1, 0.0)
    d_logits = _logit_gradient(hidden @ W2, labels)
    d_hidden = (d_logits @ W2.T) * (hidden > 0)
    return NetworkGradients(w1=x.T @ d_hidden, w2=hidden.T @ d_logits)


def _sgd_step(weight: np.ndarray, gradient: np.ndarray, lr: float) -> None:
    """Take one descent step, in place."""
    weight -= lr * gradient


def softmax_loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Average softmax (cross-entropy) loss."""
    picked = np.take_along_axis(Z, np.asarray(y, dtype=np.int64).reshape(-1, 1), axis=1).squeeze(axis=1)
    return float((_logsumexp(Z) - picked).mean())


def softmax_regression_epoch(
    X: np.ndarray, y: np.ndarray, theta: np.ndarray, lr: float = 0.1, batch: int = 100
) -> None:
    """Run one epoch of SGD for softmax regression, modifying ``theta`` in place."""
    for x, labels in _batches(X, y, batch):
        _sgd_step(theta, x.T @ _logit_gradient(x @ theta, labels), lr)


def nn_epoch(
    X: np.ndarray, y: np.ndarray, W1: np.ndarray, W2: np.ndarray, lr: float = 0.1, batch: int = 100
) -> None:
    """Run one epoch of SGD for the two-layer network, modifying ``W1`` and ``W2`` in place."""
    for x, labels in _batches(X, y, batch):
        grads = _network_gradients(x, labels, W1, W2)
        _sgd_step(W1, grads.w1, lr)
        _sgd_step(W2, grads.w2, lr)
