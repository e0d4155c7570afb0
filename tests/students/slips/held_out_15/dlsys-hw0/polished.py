"""Softmax regression and a two-layer ReLU network, trained with plain mini-batch SGD.

Public functions
----------------
softmax_loss               average cross-entropy of a batch of logits
softmax_regression_epoch   one pass of SGD over a linear classifier (in place)
nn_epoch                   one pass of SGD over a two-layer network (in place)

All the formulas are written out with named intermediate quantities so that each line can be compared to the handout.
"""

from __future__ import annotations

from typing import Iterator, Tuple

import numpy as np

DEFAULT_LEARNING_RATE: float = 0.1
DEFAULT_BATCH_SIZE: int = 100
GRADIENT_CHECK_STEP: float = 1e-6


def _validate_dataset(X: np.ndarray, y: np.ndarray, *, batch: int) -> None:
    """Raise a ValueError for inputs that cannot be a data set."""
    if X.ndim != 2:
        raise ValueError(f"X must be two-dimensional, got shape {X.shape}")
    if y.shape != (X.shape[0],):
        raise ValueError(f"y must have shape ({X.shape[0]},), got {y.shape}")
    if batch < 1:
        raise ValueError("batch must be at least 1")


def _iterate_minibatches(
    X: np.ndarray, y: np.ndarray, *, batch: int
) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Yield consecutive (inputs, labels) slices in order; the last one may be smaller."""
    num_examples = X.shape[0]
    for first in range(0, num_examples, batch):
        last = min(first + batch, num_examples)
        yield X[first:last], y[first:last]


def _one_hot(labels: np.ndarray, *, num_classes: int) -> np.ndarray:
    """Rows of the identity matrix picked by the labels."""
    class_numbers = np.arange(num_classes)
    return (labels[:, np.newaxis] == class_numbers[np.newaxis, :]).astype(np.float64)


def _row_softmax(logits: np.ndarray) -> np.ndarray:
    """Numerically stable softmax over the last axis."""
    row_maximum = np.max(logits, axis=-1, keepdims=True)
    exponentials = np.exp(logits - row_maximum)
    partition = np.sum(exponentials, axis=-1, keepdims=True)
    return exponentials / partition


def softmax_loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Average softmax (cross-entropy) loss.

    Parameters
    ----------
    Z : array of shape (N, C)
        Logits.
    y : array of shape (N,)
        Class numbers of any integer type.

    Returns
    -------
    float
        mean over n of  logsumexp(Z[n]) - Z[n, y[n]]
    """
    num_examples = Z.shape[0]
    row_maximum = np.max(Z, axis=1)
    shifted_logits = Z - row_maximum[:, np.newaxis]
    log_partition = np.log(np.sum(np.exp(shifted_logits), axis=1))
    true_class_logits = shifted_logits[np.arange(num_examples), y]
    return float(np.mean(log_partition - true_class_logits))


def softmax_regression_epoch(
    X: np.ndarray,
    y: np.ndarray,
    theta: np.ndarray,
    lr: float = DEFAULT_LEARNING_RATE,
    batch: int = DEFAULT_BATCH_SIZE,
) -> None:
    """Run one epoch of SGD on the linear classifier `theta` (D, C), modifying it in place."""
    _validate_dataset(X, y, batch=batch)
    num_classes = theta.shape[1]

    for inputs, labels in _iterate_minibatches(X, y, batch=batch):
        num_in_batch = inputs.shape[0]
        probabilities = _row_softmax(inputs @ theta)
        targets = _one_hot(labels, num_classes=num_classes)
        average_gradient = inputs.T @ (probabilities - targets) / num_in_batch
        theta -= lr * average_gradient


def _network_gradients(
    inputs: np.ndarray, targets: np.ndarray, W1: np.ndarray, W2: np.ndarray
) -> Tuple[np.ndarray, np.ndarray]:
    """Average gradients of the loss with respect to W1 and W2, both at the current weights."""
    num_in_batch = inputs.shape[0]

    # ---- forward -------------------------------------------------------------------------
    hidden_pre = inputs @ W1
    hidden = np.maximum(hidden_pre, 0.0)
    probabilities = _row_softmax(hidden @ W2)

    # ---- backward ------------------------------------------------------------------------
    output_error = probabilities - targets
    hidden_error = (output_error @ W2.T) * (hidden_pre > 0.0)

    gradient_W1 = inputs.T @ hidden_error / num_in_batch
    gradient_W2 = hidden.T @ output_error / num_in_batch
    return gradient_W1, gradient_W2


def nn_epoch(
    X: np.ndarray,
    y: np.ndarray,
    W1: np.ndarray,
    W2: np.ndarray,
    lr: float = DEFAULT_LEARNING_RATE,
    batch: int = DEFAULT_BATCH_SIZE,
) -> None:
    """Run one epoch of SGD on the network relu(X W1) W2, modifying W1 and W2 in place."""
    _validate_dataset(X, y, batch=batch)
    num_classes = W2.shape[1]

    for inputs, labels in _iterate_minibatches(X, y, batch=batch):
        targets = _one_hot(labels, num_classes=num_classes)
        gradient_W1, gradient_W2 = _network_gradients(inputs, targets, W1, W2)
        W1 -= lr * gradient_W1
        W2 -= lr * gradient_W2


def _numerical_gradient(function, weights: np.ndarray) -> np.ndarray:
    """Central differences of a scalar function, one weight at a time."""
    gradient = np.zeros_like(weights)
    for index in np.ndindex(*weights.shape):
        kept = weights[index]
        weights[index] = kept + GRADIENT_CHECK_STEP
        above = function()
        weights[index] = kept - GRADIENT_CHECK_STEP
        below = function()
        weights[index] = kept
        gradient[index] = (above - below) / (2 * GRADIENT_CHECK_STEP)
    return gradient


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    demo_X = generator.normal(size=(7, 4))
    demo_y = generator.integers(0, 3, size=7)
    demo_W1 = generator.normal(size=(4, 5))
    demo_W2 = generator.normal(size=(5, 3))

    def demo_loss() -> float:
        return softmax_loss(np.maximum(demo_X @ demo_W1, 0) @ demo_W2, demo_y)

    numerical = _numerical_gradient(demo_loss, demo_W1), _numerical_gradient(demo_loss, demo_W2)
    analytical = _network_gradients(demo_X, _one_hot(demo_y, num_classes=3), demo_W1, demo_W2)
    for name, left, right in zip(("W1", "W2"), numerical, analytical):
        print(name, "largest difference:", np.max(np.abs(left - right)))
