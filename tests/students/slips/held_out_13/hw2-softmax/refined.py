"""A linear softmax classifier.

The module computes the L2-regularised average cross-entropy of a linear classifier together with its analytic gradient
and the predicted classes. All computations are carried out in double precision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_FLOOR = 1e-15


@dataclass(frozen=True)
class _Batch:
    """A validated batch of inputs together with its labels."""

    weights: np.ndarray
    features: np.ndarray
    targets: np.ndarray
    strength: float

    @property
    def size(self) -> int:
        """Number of examples in the batch."""
        return self.features.shape[0]


def _validate(W, input, label, lamda) -> _Batch:
    """Convert all arguments to float64 and verify that their shapes agree."""
    weights = np.asarray(W, dtype=np.float64)
    features = np.asarray(input, dtype=np.float64)
    targets = np.asarray(label, dtype=np.float64)
    strength = float(lamda)
    if weights.ndim != 2 or features.ndim != 2 or targets.ndim != 2:
        raise ValueError("W, input and label must be two-dimensional")
    if features.shape[1] != weights.shape[0]:
        raise ValueError(f"input has {features.shape[1]} columns, W has {weights.shape[0]} rows")
    if targets.shape != (features.shape[0], weights.shape[1]):
        raise ValueError(f"label must have shape {(features.shape[0], weights.shape[1])}, got {targets.shape}")
    if strength < 0:
        raise ValueError("lamda must not be negative")
    return _Batch(weights, features, targets, strength)


def _probabilities(scores: np.ndarray) -> np.ndarray:
    """Numerically stable softmax along the last axis."""
    row_max = np.amax(scores, axis=-1, keepdims=True)
    exponentials = np.exp(np.subtract(scores, row_max))
    return np.divide(exponentials, exponentials.sum(axis=-1, keepdims=True))


def _data_loss(probabilities: np.ndarray, targets: np.ndarray) -> float:
    """Average cross-entropy; entries with target 0 contribute exactly 0."""
    mask = targets > 0
    logs = np.zeros_like(probabilities)
    np.log(np.maximum(probabilities, _FLOOR), out=logs, where=mask)
    return float(-np.sum(targets * logs) / targets.shape[0])


def _penalty(batch: _Batch) -> float:
    """The regularisation term of the objective."""
    return 0.5 * batch.strength * float(np.vdot(batch.weights, batch.weights))


def _gradient(batch: _Batch, probabilities: np.ndarray) -> np.ndarray:
    """Analytic gradient of the objective with respect to the weights."""
    gradient = batch.features.T @ probabilities
    # Every example takes its input away from the column of its own class.
    classes = np.argmax(batch.targets, axis=1)
    np.subtract.at(gradient.T, classes, batch.features)
    gradient /= batch.size
    return gradient + batch.strength * batch.weights


def _predict(scores: np.ndarray) -> np.ndarray:
    """Index of the largest score of each row (softmax is monotone)."""
    return np.argmax(scores, axis=1).astype(np.int64)


def softmax_classifier(W, input, label, lamda):
    """Return loss, gradient and predicted classes of a linear softmax classifier.

    Args:
        W: weights of shape (D, C).
        input: examples of shape (N, D).
        label: one-hot rows of shape (N, C).
        lamda: non-negative strength of the L2 regularisation.

    Returns:
        A tuple ``(loss, gradient, prediction)``.

    Raises:
        ValueError: if the shapes do not agree.
    """
    batch = _validate(W, input, label, lamda)
    scores = batch.features @ batch.weights
    probabilities = _probabilities(scores)
    loss = _data_loss(probabilities, batch.targets) + _penalty(batch)
    return loss, _gradient(batch, probabilities), _predict(scores)
