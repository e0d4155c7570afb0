"""Softmax (multinomial logistic) regression with L2 regularization.

This module provides a fully vectorized, numerically stable implementation of

* the regularized average cross-entropy loss,
* its analytical gradient with respect to the weights, and
* the predicted class labels.

Example
-------
>>> rng = np.random.default_rng(0)
>>> W = rng.standard_normal((4, 3))
>>> X = rng.standard_normal((5, 4))
>>> T = np.eye(3)[[0, 1, 2, 0, 1]]
>>> loss, gradient, prediction = softmax_classifier(W, X, T, lamda=0.1)
>>> gradient.shape
(4, 3)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

_EPSILON: Final[float] = 1e-12


def _validate_shapes(weights: np.ndarray, features: np.ndarray, targets: np.ndarray) -> None:
    """Raise a ``ValueError`` if the shapes of the inputs are inconsistent."""
    if features.shape[1] != weights.shape[0]:
        raise ValueError(f"features {features.shape} do not fit weights {weights.shape}")
    if targets.shape != (features.shape[0], weights.shape[1]):
        raise ValueError(f"targets {targets.shape} do not fit the scores")


def _stable_softmax(logits: np.ndarray) -> np.ndarray:
    """Compute the row-wise softmax in a numerically stable manner."""
    probabilities = logits - np.amax(logits, axis=-1, keepdims=True)
    np.exp(probabilities, out=probabilities)
    probabilities /= probabilities.sum(axis=-1, keepdims=True)
    return probabilities


@dataclass(frozen=True)
class _ForwardPass:
    """Bundle the quantities that loss, gradient and prediction share."""

    weights: np.ndarray
    features: np.ndarray
    targets: np.ndarray
    reg_strength: float

    @cached_property
    def batch_size(self) -> int:
        return self.features.shape[0]

    @cached_property
    def probabilities(self) -> np.ndarray:
        return _stable_softmax(np.matmul(self.features, self.weights))

    def loss(self) -> float:
        """Average cross-entropy plus the L2 penalty."""
        class_ids = self.targets.argmax(axis=1)
        true_class_probs = self.probabilities[np.arange(self.batch_size), class_ids]
        cross_entropy = -np.log(np.clip(true_class_probs, _EPSILON, None)).mean()
        penalty = 0.5 * self.reg_strength * np.square(self.weights).sum()
        return float(cross_entropy + penalty)

    def gradient(self) -> np.ndarray:
        """Gradient of the loss with respect to the weights."""
        residual = self.probabilities.copy()
        residual[self.targets.astype(bool)] -= 1.0
        residual /= self.batch_size
        return np.einsum("nd,nc->dc", self.features, residual) + self.reg_strength * self.weights

    def prediction(self) -> np.ndarray:
        """Most probable class of each example."""
        return np.argmax(self.probabilities, axis=1)


def softmax_classifier(
    W: np.ndarray,
    input: np.ndarray,
    label: np.ndarray,
    lamda: float,
) -> tuple[float, np.ndarray, np.ndarray]:
    """Evaluate a linear softmax classifier on a batch.

    Parameters
    ----------
    W : np.ndarray of shape (D, C)
        Weight matrix.
    input : np.ndarray of shape (N, D)
        Batch of examples, one per row.
    label : np.ndarray of shape (N, C)
        One-hot encoded labels.
    lamda : float
        Regularization strength.

    Returns
    -------
    tuple
        ``(loss, gradient, prediction)``.
    """
    _validate_shapes(W, input, label)
    state = _ForwardPass(W, input, label, float(lamda))
    return state.loss(), state.gradient(), state.prediction()


if __name__ == "__main__":
    import doctest

    doctest.testmod()
