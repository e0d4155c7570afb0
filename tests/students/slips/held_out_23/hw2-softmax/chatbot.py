"""Softmax classifier: loss, analytic gradient and predictions.

The computation is broken into small, individually testable helper functions.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np


def _validate_inputs(W: np.ndarray, input: np.ndarray, label: np.ndarray) -> None:
    """Raise a helpful error if the shapes do not fit together.

    Args:
        W: Weight matrix of shape (D, C).
        input: Batch of examples of shape (N, D).
        label: One-hot labels of shape (N, C).
    """
    if W.ndim != 2 or input.ndim != 2 or label.ndim != 2:
        raise ValueError("W, input and label must all be two-dimensional")
    if input.shape[1] != W.shape[0]:
        raise ValueError(f"input has {input.shape[1]} features but W has {W.shape[0]} rows")
    if label.shape != (input.shape[0], W.shape[1]):
        raise ValueError(f"label has shape {label.shape}, expected {(input.shape[0], W.shape[1])}")


def _compute_logits(W: np.ndarray, input: np.ndarray) -> np.ndarray:
    """Return the raw class scores, shape (N, C)."""
    return np.matmul(input, W)


def _stable_softmax(logits: np.ndarray) -> np.ndarray:
    """Return row-wise softmax probabilities.

    Subtracting the row maximum does not change the result, but it prevents
    ``np.exp`` from overflowing for large scores.
    """
    row_max = np.max(logits, axis=1, keepdims=True)
    exponentials = np.exp(logits - row_max)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def _cross_entropy(probabilities: np.ndarray, label: np.ndarray, epsilon: float = 1e-15) -> float:
    """Return the average cross-entropy over the batch.

    The probabilities are clipped from below so that ``log(0)`` never occurs.
    """
    num_examples = probabilities.shape[0]
    log_probabilities = np.log(np.clip(probabilities, epsilon, None))
    return float(-np.sum(label * log_probabilities) / num_examples)


def _l2_penalty(W: np.ndarray, lamda: float) -> float:
    """Return the L2 regularisation term lamda/2 * ||W||^2."""
    return float(0.5 * lamda * np.sum(np.square(W)))


def _cross_entropy_gradient(input: np.ndarray, probabilities: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Return the gradient of the average cross-entropy with respect to W."""
    num_examples = input.shape[0]
    error = probabilities - label
    return np.matmul(input.T, error) / num_examples


def _l2_gradient(W: np.ndarray, lamda: float) -> np.ndarray:
    """Return the gradient of the L2 term with respect to W."""
    return lamda * W


def _predict(probabilities: np.ndarray) -> np.ndarray:
    """Return the most probable class for every row."""
    return np.argmax(probabilities, axis=1)


def softmax_classifier(
    W: np.ndarray, input: np.ndarray, label: np.ndarray, lamda: float
) -> Tuple[float, np.ndarray, np.ndarray]:
    """Compute loss, gradient and prediction of a linear softmax classifier.

    Args:
        W: Weight matrix, shape (D, C).
        input: Input batch, shape (N, D).
        label: One-hot labels, shape (N, C).
        lamda: Non-negative regularisation strength.

    Returns:
        A tuple ``(loss, gradient, prediction)``.
    """
    W = np.asarray(W, dtype=np.float64)
    input = np.asarray(input, dtype=np.float64)
    label = np.asarray(label, dtype=np.float64)
    _validate_inputs(W, input, label)

    # Step 1: forward pass
    logits = _compute_logits(W, input)
    probabilities = _stable_softmax(logits)

    # Step 2: loss
    loss = _cross_entropy(probabilities, label) + _l2_penalty(W, lamda)

    # Step 3: gradient
    gradient = _cross_entropy_gradient(input, probabilities, label) + _l2_gradient(W, lamda)

    # Step 4: prediction
    prediction = _predict(probabilities)

    return loss, gradient, prediction
