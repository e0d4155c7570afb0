"""Homework 0: softmax loss and two SGD epochs, as small pure functions over frozen batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Batch:
    inputs: Array
    labels: NDArray[np.integer]

    @property
    def size(self) -> int:
        return self.inputs.shape[0]

    def targets(self, classes: int) -> Array:
        return (self.labels[:, None] == np.arange(classes)).astype(float)


@dataclass(frozen=True, slots=True)
class Activations:
    hidden: Array
    probabilities: Array


def batches(X: Array, y: NDArray[np.integer], size: int) -> Iterator[Batch]:
    """Consecutive slices; the last one may be short."""
    start = 0
    while (piece := X[start : start + size]).shape[0]:
        yield Batch(piece, y[start : start + size])
        start += size


def centred(Z: Array) -> Array:
    return Z - Z.max(axis=-1, keepdims=True)


def probabilities(Z: Array) -> Array:
    return (e := np.exp(centred(Z))) / e.sum(axis=-1, keepdims=True)


def softmax_loss(Z: Array, y: NDArray[np.integer]) -> float:
    shifted = centred(Z)
    normaliser = np.log(np.exp(shifted).sum(axis=-1))
    chosen = np.take_along_axis(shifted, y.astype(np.int64)[:, None], axis=-1).squeeze(-1)
    return float((normaliser - chosen).mean())


def regression_gradient(b: Batch, theta: Array) -> Array:
    error = probabilities(b.inputs @ theta) - b.targets(theta.shape[1])
    return b.inputs.T @ error / b.size


def softmax_regression_epoch(X: Array, y, theta: Array, lr: float = 0.1, batch: int = 100) -> None:
    for b in batches(X, y, batch):
        theta -= lr * regression_gradient(b, theta)


def activations(x: Array, W1: Array, W2: Array) -> Activations:
    hidden = (x @ W1).clip(min=0)
    return Activations(hidden, probabilities(hidden @ W2))


def network_gradients(b: Batch, W1: Array, W2: Array) -> tuple[Array, Array]:
    acts = activations(b.inputs, W1, W2)
    output_error = acts.probabilities - b.targets(W2.shape[1])
    hidden_error = np.where(acts.hidden > 0, output_error @ W2.T, 0.0)
    return b.inputs.T @ hidden_error / b.size, acts.hidden.T @ output_error / b.size


def nn_epoch(X: Array, y, W1: Array, W2: Array, lr: float = 0.1, batch: int = 100) -> None:
    for b in batches(X, y, batch):
        for weights, gradient in zip((W1, W2), network_gradients(b, W1, W2), strict=True):
            weights -= lr * gradient
