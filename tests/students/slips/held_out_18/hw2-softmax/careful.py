"""Softmax classifier; every step is kept in the range where float64 is exact enough."""

import math

import numpy as np

CHUNK = 64
"""Rows of the batch that are handled together."""


def _log_sum_exp(scores):
    """log sum exp of each row, (n, 1), without overflow or 0/0."""
    top = np.max(scores, axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(under="ignore"):
        total = np.sum(np.exp(scores - top), axis=1, keepdims=True)
    return top + np.log(total)


def _log_probabilities(scores):
    return scores - _log_sum_exp(scores)


def _cross_entropy_terms(log_p, target):
    """-t log z where t is not 0, and exactly 0 elsewhere (0 * -inf would be NaN)."""
    with np.errstate(invalid="ignore"):
        return np.where(target != 0, -target * log_p, 0.0)


def _residual(log_p, target):
    """z - t; expm1 keeps the digits of 1 - z where z is almost 1."""
    with np.errstate(under="ignore"):
        z = np.exp(log_p)
        near_one = np.expm1(log_p)
    return np.where(target == 1, near_one, z - target)


def softmax_classifier(W, input, label, lamda):
    W = np.asarray(W, dtype=np.float64)
    X = np.asarray(input, dtype=np.float64)
    T = np.asarray(label, dtype=np.float64)
    N = X.shape[0]

    terms = []
    gradient = np.zeros(W.shape, dtype=np.float64)
    prediction = np.empty(N, dtype=np.int64)
    for first in range(0, N, CHUNK):
        part = slice(first, min(first + CHUNK, N))
        scores = X[part] @ W
        log_p = _log_probabilities(scores)
        terms.extend(_cross_entropy_terms(log_p, T[part]).ravel())
        gradient += X[part].T @ _residual(log_p, T[part])
        prediction[part] = np.argmax(scores, axis=1)

    penalty = 0.5 * lamda * math.fsum(np.square(W).ravel())
    loss = math.fsum(terms) / N + penalty
    gradient = gradient / N + lamda * W
    return loss, gradient, prediction
