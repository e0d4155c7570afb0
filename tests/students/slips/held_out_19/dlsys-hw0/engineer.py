"""Softmax regression and a two-layer network, composed of small parts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

import numpy as np

Array = np.ndarray


class Activation(Enum):
    IDENTITY = "identity"
    RELU = "relu"


class Batch(NamedTuple):
    inputs: Array
    labels: Array

    @property
    def size(self) -> int:
        return self.inputs.shape[0]


def batches(X: Array, y: Array, size: int) -> Iterator[Batch]:
    """Consecutive batches; the last one may be smaller."""
    for first in range(0, X.shape[0], size):
        window = slice(first, first + size)
        yield Batch(X[window], y[window])


@dataclass
class Dense:
    """A layer without bias. It keeps a reference to the caller's weight, never a copy of it."""

    weight: Array
    activation: Activation = Activation.IDENTITY
    gradient: Array | None = field(default=None, init=False)
    _inputs: Array | None = field(default=None, init=False, repr=False)
    _pre: Array | None = field(default=None, init=False, repr=False)

    def forward(self, inputs: Array) -> Array:
        self._inputs = inputs
        self._pre = inputs @ self.weight
        if self.activation is Activation.RELU:
            return np.where(self._pre > 0, self._pre, 0.0)
        return self._pre

    def backward(self, upstream: Array) -> Array:
        if self.activation is Activation.RELU:
            upstream = np.where(self._pre > 0, upstream, 0.0)
        self.gradient = self._inputs.T @ upstream
        return upstream @ self.weight.T

    def step(self, rate: float) -> None:
        self.weight -= rate * self.gradient


class CrossEntropy:
    """Mean softmax cross-entropy of integer labels."""

    @staticmethod
    def log_softmax(logits: Array) -> Array:
        shifted = logits - logits.max(axis=1, keepdims=True)
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))

    @staticmethod
    def one_hot(labels: Array, classes: int) -> Array:
        return np.eye(classes)[labels]

    @classmethod
    def value(cls, logits: Array, labels: Array) -> float:
        targets = cls.one_hot(labels, logits.shape[1])
        return float(-(targets * cls.log_softmax(logits)).sum() / len(logits))

    @classmethod
    def gradient(cls, logits: Array, labels: Array) -> Array:
        targets = cls.one_hot(labels, logits.shape[1])
        return (np.exp(cls.log_softmax(logits)) - targets) / len(logits)


@dataclass
class Trainer:
    layers: tuple[Dense, ...]
    rate: float
    loss: type[CrossEntropy] = CrossEntropy

    def gradients(self, batch: Batch) -> None:
        signal = batch.inputs
        for layer in self.layers:
            signal = layer.forward(signal)
        upstream = self.loss.gradient(signal, batch.labels)
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)

    def run(self, stream: Iterator[Batch]) -> None:
        for batch in stream:
            self.gradients(batch)
            for layer in self.layers:
                layer.step(self.rate)


def softmax_loss(Z: Array, y: Array) -> float:
    return CrossEntropy.value(Z, y)


def softmax_regression_epoch(X: Array, y: Array, theta: Array, lr: float = 0.1, batch: int = 100) -> None:
    Trainer((Dense(theta),), lr).run(batches(X, y, batch))


def nn_epoch(X: Array, y: Array, W1: Array, W2: Array, lr: float = 0.1, batch: int = 100) -> None:
    Trainer((Dense(W1, Activation.RELU), Dense(W2)), lr).run(batches(X, y, batch))
