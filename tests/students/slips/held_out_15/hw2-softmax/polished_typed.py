"""Linear softmax classifier with L2 regularisation.

This module implements the average cross-entropy of a linear classifier with a
softmax output, its analytic gradient with respect to the weight matrix and the
predicted class of every example.

Notation
--------
N : number of examples (rows of ``input``)
D : number of inputs per example (the last may be a constant 1)
C : number of classes
"""

from __future__ import annotations

from typing import Tuple

import numpy as np

CLASS_AXIS: int = 1
REGULARISATION_FACTOR: float = 0.5


def _check_arguments(weights: np.ndarray, features: np.ndarray, targets: np.ndarray, strength: float) -> None:
    """Raise ``ValueError`` if the shapes of the arguments do not fit together."""
    if weights.ndim != 2 or features.ndim != 2 or targets.ndim != 2:
        raise ValueError("W, input and label must be matrices")
    if features.shape[1] != weights.shape[0]:
        raise ValueError(f"input has {features.shape[1]} columns, W has {weights.shape[0]} rows")
    if targets.shape != (features.shape[0], weights.shape[1]):
        raise ValueError(f"label has shape {targets.shape}")
    if strength < 0:
        raise ValueError("lamda must not be negative")


def _log_softmax(scores: np.ndarray, *, axis: int) -> np.ndarray:
    """Return the logarithm of the softmax of ``scores`` along ``axis``.

    The largest score of every row is subtracted first, so that the largest
    argument of the exponential is 0 and nothing overflows.
    """
    row_maximum = np.max(scores, axis=axis, keepdims=True)
    centred_scores = scores - row_maximum
    log_normaliser = np.log(np.sum(np.exp(centred_scores), axis=axis, keepdims=True))
    return centred_scores - log_normaliser


def _penalty(weights: np.ndarray, *, strength: float) -> Tuple[float, np.ndarray]:
    """Return the value and the gradient of ``strength / 2 * ||weights||^2``."""
    value = REGULARISATION_FACTOR * strength * float(np.sum(np.square(weights)))
    slope = 2.0 * REGULARISATION_FACTOR * strength * weights
    return value, slope


def softmax_classifier(
    W: np.ndarray, input: np.ndarray, label: np.ndarray, lamda: float
) -> Tuple[float, np.ndarray, np.ndarray]:
    """Compute loss, gradient and prediction of a linear softmax classifier.

    Parameters
    ----------
    W : np.ndarray, shape (D, C)
        Weight matrix.
    input : np.ndarray, shape (N, D)
        One example per row.
    label : np.ndarray, shape (N, C)
        One-hot rows.
    lamda : float
        Strength of the regularisation.

    Returns
    -------
    loss : float
        Average cross-entropy plus ``lamda / 2`` times the squared weights.
    gradient : np.ndarray, shape (D, C)
        Derivative of ``loss`` by ``W``.
    prediction : np.ndarray, shape (N,)
        Most probable class of every row.
    """
    weights = np.asarray(W, dtype=np.float64)
    features = np.asarray(input, dtype=np.float64)
    targets = np.asarray(label, dtype=np.float64)
    strength = float(lamda)
    _check_arguments(weights, features, targets, strength)

    num_examples = features.shape[0]

    # ---- forward pass -------------------------------------------------------
    scores = features @ weights
    log_probabilities = _log_softmax(scores, axis=CLASS_AXIS)
    probabilities = np.exp(log_probabilities)
    per_example_loss = -np.sum(targets * log_probabilities, axis=CLASS_AXIS)
    data_loss = float(np.mean(per_example_loss))

    # ---- backward pass ------------------------------------------------------
    score_gradient = (probabilities - targets) / num_examples
    data_gradient = features.T @ score_gradient

    # ---- regularisation -----------------------------------------------------
    penalty_value, penalty_gradient = _penalty(weights, strength=strength)

    loss = data_loss + penalty_value
    gradient = data_gradient + penalty_gradient
    prediction = np.argmax(log_probabilities, axis=CLASS_AXIS)
    return loss, gradient, prediction


def _numerical_gradient(weights, features, targets, strength, *, step=1e-6):
    """Central differences, used for the self-check below only."""
    result = np.zeros_like(weights)
    for index in np.ndindex(*weights.shape):
        up, down = weights.copy(), weights.copy()
        up[index] += step
        down[index] -= step
        upper, _, _ = softmax_classifier(up, features, targets, strength)
        lower, _, _ = softmax_classifier(down, features, targets, strength)
        result[index] = (upper - lower) / (2 * step)
    return result


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    demo_weights = generator.normal(size=(4, 3))
    demo_inputs = generator.normal(size=(6, 4))
    demo_targets = np.eye(3)[generator.integers(0, 3, size=6)]
    _, analytic, _ = softmax_classifier(demo_weights, demo_inputs, demo_targets, 0.3)
    numeric = _numerical_gradient(demo_weights, demo_inputs, demo_targets, 0.3)
    print("largest difference:", np.max(np.abs(analytic - numeric)))
