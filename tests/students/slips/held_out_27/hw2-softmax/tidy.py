"""Linear softmax classifier: loss, analytic gradient and predictions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class ClassifierOutput(NamedTuple):
    loss: float
    gradient: Array
    prediction: NDArray[np.intp]


def linear_scores(weights: Array, features: Array) -> Array:
    """Scores (N, C) of a linear model whose bias is part of the weights."""
    return features @ weights


def log_softmax(scores: Array) -> Array:
    """Row-wise log-softmax, computed with the log-sum-exp trick."""
    row_max = scores.max(axis=1, keepdims=True)
    shifted = scores - row_max
    log_normaliser = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shifted - log_normaliser


def mean_cross_entropy(log_probs: Array, targets: Array) -> float:
    """Average negative log-likelihood of one-hot targets."""
    per_example = -(targets * log_probs).sum(axis=1)
    return float(per_example.mean())


def ridge_penalty(weights: Array, strength: float) -> float:
    return 0.5 * strength * float(np.square(weights).sum())


def cross_entropy_gradient(features: Array, probs: Array, targets: Array) -> Array:
    """Derivative of the average cross-entropy with respect to the weights."""
    num_examples = features.shape[0]
    residual = (probs - targets) / num_examples
    return features.T @ residual


def ridge_gradient(weights: Array, strength: float) -> Array:
    return strength * weights


def most_likely_class(log_probs: Array) -> NDArray[np.intp]:
    return log_probs.argmax(axis=1)


def softmax_classifier(W: Array, input: Array, label: Array, lamda: float) -> ClassifierOutput:
    """Return the regularised loss, its gradient by W and the predicted classes."""
    log_probs = log_softmax(linear_scores(W, input))
    probs = np.exp(log_probs)

    loss = mean_cross_entropy(log_probs, label) + ridge_penalty(W, lamda)
    gradient = cross_entropy_gradient(input, probs, label) + ridge_gradient(W, lamda)
    return ClassifierOutput(loss, gradient, most_likely_class(log_probs))
