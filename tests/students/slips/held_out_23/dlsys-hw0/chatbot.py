"""Softmax regression and a two-layer ReLU network, trained with mini-batch SGD.

This module implements three public functions:

* ``softmax_loss``            - numerically stable average cross-entropy from logits
* ``softmax_regression_epoch`` - one epoch of SGD on a linear classifier (in place)
* ``nn_epoch``                 - one epoch of SGD on a two-layer network (in place)

All private helpers are prefixed with an underscore.
"""

from __future__ import annotations

from typing import Iterator, Tuple

import numpy as np


def _validate_batch(inputs: np.ndarray, labels: np.ndarray) -> None:
    """Raise a helpful error if inputs and labels do not line up."""
    if inputs.ndim != 2:
        raise ValueError(f"Expected a 2-D array, got {inputs.ndim} dimension(s)")
    if inputs.shape[0] != labels.shape[0]:
        raise ValueError(f"Got {inputs.shape[0]} rows but {labels.shape[0]} labels")


def _log_sum_exp(logits: np.ndarray) -> np.ndarray:
    """Compute log(sum(exp(logits))) for every row without overflow.

    The trick: subtract the row-wise maximum before exponentiating, then add it back.
    """
    row_max = np.max(logits, axis=1, keepdims=True)
    shifted = logits - row_max
    return np.log(np.sum(np.exp(shifted), axis=1)) + row_max.squeeze(axis=1)


def _softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise softmax, expressed through log-sum-exp so that it is always stable."""
    return np.exp(logits - _log_sum_exp(logits)[:, np.newaxis])


def _one_hot(labels: np.ndarray, num_classes: int) -> np.ndarray:
    """Convert integer labels of shape (B,) into a one-hot matrix of shape (B, num_classes)."""
    encoded = np.zeros((labels.shape[0], num_classes), dtype=np.float64)
    encoded[np.arange(labels.shape[0]), labels.astype(np.int64)] = 1.0
    return encoded


def _iterate_minibatches(
    X: np.ndarray, y: np.ndarray, batch: int
) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Yield consecutive (inputs, labels) mini-batches; the last one may be smaller."""
    num_examples = X.shape[0]
    num_batches = (num_examples + batch - 1) // batch
    for batch_index in range(num_batches):
        begin = batch_index * batch
        end = min(begin + batch, num_examples)
        yield X[begin:end], y[begin:end]


def softmax_loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Return the average softmax (cross-entropy) loss.

    Args:
        Z: Logits of shape (N, C).
        y: Integer labels of shape (N,).

    Returns:
        The mean of log-sum-exp(Z[n]) - Z[n, y[n]] over the batch.
    """
    Z = np.asarray(Z)
    y = np.asarray(y)
    _validate_batch(Z, y)
    correct_logits = np.take_along_axis(Z, y.astype(np.int64)[:, np.newaxis], axis=1)[:, 0]
    per_example = _log_sum_exp(Z) - correct_logits
    return float(np.mean(per_example))


def softmax_regression_epoch(
    X: np.ndarray, y: np.ndarray, theta: np.ndarray, lr: float = 0.1, batch: int = 100
) -> None:
    """Run one epoch of SGD for softmax regression, updating ``theta`` in place."""
    _validate_batch(X, y)
    num_classes = theta.shape[1]
    for inputs, labels in _iterate_minibatches(X, y, batch):
        batch_size = inputs.shape[0]
        probabilities = _softmax(inputs @ theta)
        targets = _one_hot(labels, num_classes)
        gradient = inputs.T @ (probabilities - targets) / batch_size
        theta -= lr * gradient


def _forward(inputs: np.ndarray, W1: np.ndarray, W2: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Forward pass: return the hidden activations and the class probabilities."""
    hidden = np.maximum(0.0, inputs @ W1)
    probabilities = _softmax(hidden @ W2)
    return hidden, probabilities


def _gradients(
    inputs: np.ndarray,
    targets: np.ndarray,
    hidden: np.ndarray,
    probabilities: np.ndarray,
    W2: np.ndarray,
) -> Tuple[np.ndarray, np.ndarray]:
    """Backward pass: return the averaged gradients of W1 and W2."""
    batch_size = inputs.shape[0]
    output_error = probabilities - targets
    relu_mask = (hidden > 0).astype(hidden.dtype)
    hidden_error = relu_mask * (output_error @ W2.T)
    grad_W1 = inputs.T @ hidden_error / batch_size
    grad_W2 = hidden.T @ output_error / batch_size
    return grad_W1, grad_W2


def nn_epoch(
    X: np.ndarray,
    y: np.ndarray,
    W1: np.ndarray,
    W2: np.ndarray,
    lr: float = 0.1,
    batch: int = 100,
) -> None:
    """Run one epoch of SGD for the two-layer network, updating ``W1`` and ``W2`` in place."""
    _validate_batch(X, y)
    for inputs, labels in _iterate_minibatches(X, y, batch):
        targets = _one_hot(labels, W2.shape[1])
        hidden, probabilities = _forward(inputs, W1, W2)
        grad_W1, grad_W2 = _gradients(inputs, targets, hidden, probabilities, W2)
        W1 -= lr * grad_W1
        W2 -= lr * grad_W2
