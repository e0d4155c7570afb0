"""Softmax regression and a bias-free two-layer network. The epochs mutate their weights and return nothing."""

from __future__ import annotations

from typing import Iterator, NamedTuple

import numpy as np


class Batch(NamedTuple):
    inputs: np.ndarray
    labels: np.ndarray

    @property
    def size(self) -> int:
        return self.inputs.shape[0]


class Hidden(NamedTuple):
    """What the backward pass of the network needs from its forward pass."""

    activation: np.ndarray
    active: np.ndarray
    logits: np.ndarray


class Gradients(NamedTuple):
    first: np.ndarray
    second: np.ndarray


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    assert logits.ndim == 2, "logits are a matrix"
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _one_hot(labels: np.ndarray, *, classes: int) -> np.ndarray:
    encoded = np.zeros((labels.shape[0], classes))
    encoded[np.arange(labels.shape[0]), labels] = 1.0
    return encoded


def _batches(inputs: np.ndarray, labels: np.ndarray, *, size: int) -> Iterator[Batch]:
    assert size > 0
    assert len(inputs) == len(labels)
    for first in range(0, len(inputs), size):
        window = slice(first, first + size)
        yield Batch(inputs[window], labels[window])


def _logit_gradient(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Derivative of the mean cross-entropy by the logits."""
    probabilities = np.exp(_log_softmax(logits))
    return (probabilities - _one_hot(labels, classes=logits.shape[1])) / logits.shape[0]


def _apply(weights: np.ndarray, gradient: np.ndarray, *, rate: float) -> None:
    assert weights.shape == gradient.shape
    weights[...] = weights - rate * gradient


def _hidden(inputs: np.ndarray, first: np.ndarray, second: np.ndarray) -> Hidden:
    before = inputs @ first
    active = before > 0
    activation = before * active
    return Hidden(activation, active, activation @ second)


def _network_gradients(batch: Batch, *, first: np.ndarray, second: np.ndarray) -> Gradients:
    hidden = _hidden(batch.inputs, first, second)
    error = _logit_gradient(hidden.logits, batch.labels)
    hidden_error = hidden.active * (error @ second.T)
    return Gradients(first=batch.inputs.T @ hidden_error, second=hidden.activation.T @ error)


def softmax_loss(Z, y):
    if len(Z) == 0:
        return 0.0
    log_probabilities = _log_softmax(Z)
    picked = log_probabilities[np.arange(len(Z)), y]
    return -float(picked.mean())


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for part in _batches(X, y, size=batch):
        error = _logit_gradient(part.inputs @ theta, part.labels)
        _apply(theta, part.inputs.T @ error, rate=lr)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for part in _batches(X, y, size=batch):
        gradients = _network_gradients(part, first=W1, second=W2)
        _apply(W1, gradients.first, rate=lr)
        _apply(W2, gradients.second, rate=lr)
