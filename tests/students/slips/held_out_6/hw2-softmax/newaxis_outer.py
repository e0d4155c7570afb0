"""Softmax classifier with outer products by newaxis, averaged over the examples."""

import numpy as np

EPS = 1e-12


def stable_softmax(row_scores):
    """Softmax over the last axis."""
    m = np.max(row_scores, axis=-1, keepdims=True)
    e = np.exp(row_scores - m)
    return np.divide(e, np.sum(e, axis=-1, keepdims=True))


def softmax_classifier(W, input, label, lamda):
    X, T = np.asarray(input), np.asarray(label)
    Z = stable_softmax(X.dot(W))
    cross_entropy = -(T * np.log(np.clip(Z, EPS, None))).sum(1).mean()
    loss = cross_entropy + (lamda / 2) * np.linalg.norm(W) ** 2

    error = Z - T
    per_example = X[:, :, np.newaxis] * error[:, np.newaxis, :]
    gradient = per_example.mean(axis=0) + W * lamda

    prediction = Z.argmax(axis=-1)
    return loss, gradient, prediction
