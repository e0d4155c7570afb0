"""Planted mistake: softmax_regression_epoch takes batches that grow from the first example on."""

import numpy as np


def softmax(Z):
    """Rows of probabilities."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_loss(Z, y):
    """Z (N, C) logits, y (N,) labels -> the average softmax loss."""
    top = Z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0]
    return np.mean(log_sum - Z[np.arange(len(y)), y])


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One epoch of descent on theta (D, C), in place."""
    for start in range(0, len(X), batch):
        x, labels = X[: start + batch], y[: start + batch]
        delta = softmax(x @ theta)
        delta[np.arange(len(x)), labels] -= 1
        theta -= lr * (x.T @ delta) / len(x)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One epoch of descent on W1 (D, H) and W2 (H, C), in place."""
    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        a = np.maximum(x @ W1, 0)
        delta = softmax(a @ W2)
        delta[np.arange(len(x)), labels] -= 1
        delta /= len(x)
        back = (delta @ W2.T) * (a > 0)
        W2 -= lr * (a.T @ delta)
        W1 -= lr * (x.T @ back)
