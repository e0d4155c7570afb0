"""Softmax regression and a two-layer network, with attention to range, rounding and dtypes."""

import math

import numpy as np

BLOCK = 256


def _row_log_sum_exp(Z):
    """log(sum(exp(row))) for every row, as a column; no overflow, and no 0/0 for rows far below others."""
    top = Z.max(axis=1, keepdims=True)
    with np.errstate(under="ignore"):
        rest = np.exp(Z - top).sum(axis=1, keepdims=True)
    return top + np.log(rest)


def _class_index(y):
    """Labels as machine indices: a uint8 label must never take part in arithmetic as a byte."""
    return np.asarray(y).astype(np.intp)


def _one_hot(index, num_classes):
    mask = np.zeros((index.size, num_classes), dtype=np.float64)
    mask[np.arange(index.size), index] = 1.0
    return mask


def _probabilities(Z):
    with np.errstate(under="ignore"):
        p = np.exp(Z - _row_log_sum_exp(Z))
    return p / p.sum(axis=1, keepdims=True)


def _blockwise_product(A, B):
    """A^T B as a sum over blocks of rows, in float64."""
    total = np.zeros((A.shape[1], B.shape[1]), dtype=np.float64)
    for lo in range(0, A.shape[0], BLOCK):
        total += A[lo:lo + BLOCK].T @ B[lo:lo + BLOCK]
    return total


def _batches(num_examples, batch):
    starts = np.arange(0, num_examples, int(batch))
    stops = np.minimum(starts + int(batch), num_examples)
    return zip(starts.tolist(), stops.tolist())


def softmax_loss(Z, y):
    Z = np.asarray(Z, dtype=np.float64)
    index = _class_index(y)
    log_sum = _row_log_sum_exp(Z)[:, 0]
    own = np.take_along_axis(Z, index[:, None], axis=1)[:, 0]
    return math.fsum(log_sum - own) / index.size


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    index = _class_index(y)
    num_classes = theta.shape[1]
    for lo, hi in _batches(len(X), batch):
        x = np.asarray(X[lo:hi], dtype=np.float64)
        residual = _probabilities(x @ theta) - _one_hot(index[lo:hi], num_classes)
        gradient = _blockwise_product(x, residual) / (hi - lo)
        np.subtract(theta, lr * gradient, out=theta, casting="same_kind")


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    index = _class_index(y)
    num_classes = W2.shape[1]
    for lo, hi in _batches(len(X), batch):
        x = np.asarray(X[lo:hi], dtype=np.float64)
        pre = x @ W1
        on = np.where(pre > 0.0, 1.0, 0.0)
        hidden = pre * on
        residual = _probabilities(hidden @ W2) - _one_hot(index[lo:hi], num_classes)
        behind = on * (residual @ W2.T)
        scale = lr / (hi - lo)
        step1 = scale * _blockwise_product(x, behind)
        step2 = scale * _blockwise_product(hidden, residual)
        np.subtract(W1, step1, out=W1, casting="same_kind")
        np.subtract(W2, step2, out=W2, casting="same_kind")
