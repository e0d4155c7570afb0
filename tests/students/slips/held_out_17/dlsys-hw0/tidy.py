"""Homework 0: softmax regression and a two-layer ReLU network, both trained by plain mini-batch SGD.

Everything is vectorised over the mini-batch.  The two epochs work in place, as the handout asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np


@dataclass(frozen=True)
class Minibatch:
    """One mini-batch: inputs (B, D) and labels (B,)."""

    inputs: np.ndarray
    labels: np.ndarray

    def __post_init__(self) -> None:
        assert self.inputs.ndim == 2
        assert self.labels.shape == (self.inputs.shape[0],)

    @property
    def size(self) -> int:
        """Number of examples that are really in the batch."""
        return self.inputs.shape[0]


def iterate_minibatches(X: np.ndarray, y: np.ndarray, batch: int) -> Iterator[Minibatch]:
    """Yield consecutive mini-batches; the last one may be smaller."""
    num_examples = X.shape[0]
    num_batches = -(-num_examples // batch)  # ceil
    for k in range(num_batches):
        rows = slice(k * batch, (k + 1) * batch)
        yield Minibatch(X[rows], y[rows])


def row_logsumexp(Z: np.ndarray) -> np.ndarray:
    """log(sum_k exp(Z[n, k])) for every row n, without overflow: (N,)."""
    peak = Z.max(axis=1)
    return peak + np.log(np.exp(Z - peak[:, np.newaxis]).sum(axis=1))


def row_softmax(Z: np.ndarray) -> np.ndarray:
    """Softmax of every row: (N, C)."""
    return np.exp(Z - row_logsumexp(Z)[:, np.newaxis])


def logit_gradient(Z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Gradient of the *summed* loss with respect to the logits: softmax(Z) - one_hot(labels)."""
    num_examples, num_classes = Z.shape
    one_hot = np.zeros((num_examples, num_classes))
    one_hot[np.arange(num_examples), labels] = 1.0
    return row_softmax(Z) - one_hot


def softmax_loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Average softmax loss of the logits Z (N, C) for the labels y (N,)."""
    assert Z.shape[0] == y.shape[0]
    label_logits = Z[np.arange(Z.shape[0]), y]
    return float(np.mean(row_logsumexp(Z) - label_logits))


def softmax_regression_epoch(
    X: np.ndarray, y: np.ndarray, theta: np.ndarray, lr: float = 0.1, batch: int = 100
) -> None:
    """One epoch of SGD on theta (D, C), in place."""
    assert X.shape[1] == theta.shape[0]
    for minibatch in iterate_minibatches(X, y, batch):
        delta = logit_gradient(minibatch.inputs @ theta, minibatch.labels)
        gradient = minibatch.inputs.T @ delta / minibatch.size
        assert gradient.shape == theta.shape
        theta -= lr * gradient


def nn_epoch(
    X: np.ndarray, y: np.ndarray, W1: np.ndarray, W2: np.ndarray, lr: float = 0.1, batch: int = 100
) -> None:
    """One epoch of SGD on W1 (D, H) and W2 (H, C), in place."""
    assert W1.shape[1] == W2.shape[0]
    for minibatch in iterate_minibatches(X, y, batch):
        pre_activation = minibatch.inputs @ W1
        is_active = pre_activation > 0
        hidden = np.where(is_active, pre_activation, 0.0)

        delta_out = logit_gradient(hidden @ W2, minibatch.labels)
        delta_hidden = np.where(is_active, delta_out @ W2.T, 0.0)

        gradients = {
            "W1": minibatch.inputs.T @ delta_hidden / minibatch.size,
            "W2": hidden.T @ delta_out / minibatch.size,
        }
        W1 -= lr * gradients["W1"]
        W2 -= lr * gradients["W2"]
