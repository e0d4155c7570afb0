"""A softmax classifier out of an objective that is composed of terms."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

Array = np.ndarray


class Term(Protocol):
    def value(self) -> float: ...

    def gradient(self) -> Array: ...


@dataclass(frozen=True)
class Ridge:
    """strength/2 times the squared Frobenius norm."""

    weights: Array
    strength: float

    def value(self) -> float:
        return 0.5 * self.strength * float(np.square(self.weights).sum())

    def gradient(self) -> Array:
        return self.strength * self.weights


@dataclass(frozen=True)
class CrossEntropy:
    """Average cross-entropy of a linear model."""

    weights: Array
    inputs: Array
    targets: Array

    @property
    def batch_size(self) -> int:
        return self.inputs.shape[0]

    @cached_property
    def log_probabilities(self) -> Array:
        return self.log_softmax(np.matmul(self.inputs, self.weights))

    @staticmethod
    def log_softmax(scores: Array) -> Array:
        centred = scores - scores.max(axis=-1, keepdims=True)
        return centred - np.log(np.exp(centred).sum(axis=-1, keepdims=True))

    def value(self) -> float:
        per_example = -np.sum(self.targets * self.log_probabilities, axis=1)
        return float(np.mean(per_example))

    def gradient(self) -> Array:
        residual = np.exp(self.log_probabilities) - self.targets
        return np.matmul(self.inputs.T, residual) / self.batch_size

    def classes(self) -> Array:
        return np.argmax(self.log_probabilities, axis=-1)


def total(terms: tuple[Term, ...]) -> tuple[float, Array]:
    """Sum of the terms' values and of their gradients."""
    loss, gradient = 0.0, 0.0
    for term in terms:
        loss = loss + term.value()
        gradient = gradient + term.gradient()
    return loss, gradient


def softmax_classifier(W: Array, input: Array, label: Array, lamda: float) -> tuple[float, Array, Array]:
    data = CrossEntropy(W, input, label)
    penalty = Ridge(W, lamda)
    loss, gradient = total((data, penalty))
    return loss, gradient, data.classes()
