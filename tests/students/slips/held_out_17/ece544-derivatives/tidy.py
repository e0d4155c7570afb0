"""Pencil and paper, executable.

Every backward function is the transposed Jacobian of its forward function applied to the upstream gradient ``dy``.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

KERNEL_LENGTH = 3


def _softmax(z: np.ndarray) -> np.ndarray:
    """Probabilities of a single vector of logits, shifted so that the largest exponent is 0."""
    exponentials = np.exp(z - np.max(z))
    return exponentials / np.sum(exponentials)


def _label_index(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The index pair (row, class) that picks one entry out of each row."""
    y = np.asarray(y)
    return np.arange(y.shape[0]), y


def _averaging_matrix(n: int, W: int) -> np.ndarray:
    """A (n - W + 1, n): row i holds 1/W at the entries of window i."""
    windows = n - W + 1
    starts = np.arange(windows)[:, np.newaxis]
    entries = np.arange(n)[np.newaxis, :]
    inside = (entries >= starts) & (entries <= starts + W - 1)
    return inside / W


def _shift(x: np.ndarray, by: int) -> np.ndarray:
    """s with s[i] = x[i - by], and 0 where i - by lies outside of the signal."""
    shifted = np.zeros(x.shape[0])
    if by > 0:
        shifted[by:] = x[:-by]
    elif by < 0:
        shifted[:by] = x[-by:]
    else:
        shifted[:] = x
    return shifted


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    """J[k, j] = dp[k] / dz[j]."""
    assert z.ndim == 1
    p = _softmax(z)
    kronecker = np.eye(p.shape[0])
    jacobian = p[:, np.newaxis] * (kronecker - p[np.newaxis, :])
    assert jacobian.shape == (z.shape[0], z.shape[0])
    return jacobian


def nll(yhat: np.ndarray, y: np.ndarray) -> float:
    """Total negative log likelihood of the labels."""
    assert yhat.ndim == 2 and yhat.shape[0] == len(y)
    likelihoods = yhat[_label_index(y)]
    return float(-np.log(likelihoods).sum())


def nll_grad(yhat: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Derivative of :func:`nll` by the probabilities."""
    assert yhat.ndim == 2 and yhat.shape[0] == len(y)
    index = _label_index(y)
    gradient = np.zeros(yhat.shape)
    gradient[index] = -1.0 / yhat[index]
    return gradient


def avg_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    """Mean of each window."""
    assert 1 <= W <= x.shape[0]
    pooled = _averaging_matrix(x.shape[0], W) @ x
    assert pooled.shape == (x.shape[0] - W + 1,)
    return pooled


def avg_pool1d_backward(dy: np.ndarray, n: int, W: int) -> np.ndarray:
    """The averaging matrix, transposed, times dy."""
    assert dy.shape == (n - W + 1,)
    return _averaging_matrix(n, W).T @ dy


def max_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    """Maximum of each window."""
    assert 1 <= W <= x.shape[0]
    return sliding_window_view(x, W).max(axis=1)


def max_pool1d_backward(dy: np.ndarray, x: np.ndarray, W: int) -> np.ndarray:
    """Route each dy[i] to the first largest entry of window i."""
    assert dy.shape == (x.shape[0] - W + 1,)
    starts = np.arange(dy.shape[0])
    winners = starts + sliding_window_view(x, W).argmax(axis=1)
    dx = np.zeros(x.shape[0])
    np.add.at(dx, winners, dy)
    return dx


def conv1d(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """y[i] = sum over k of x[i - k] w_k with k = -1, 0, 1."""
    assert w.shape == (KERNEL_LENGTH,)
    y = np.zeros(x.shape[0])
    for position, k in enumerate((-1, 0, 1)):
        y += w[position] * _shift(x, k)
    return y


def conv1d_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """dx[j] = sum over k of dy[j + k] w_k and dw_k = sum over i of dy[i] x[i - k]."""
    assert dy.shape == x.shape and w.shape == (KERNEL_LENGTH,)
    dx = np.zeros(x.shape[0])
    dw = np.zeros(KERNEL_LENGTH)
    for position, k in enumerate((-1, 0, 1)):
        dx += w[position] * _shift(dy, -k)
        dw[position] = dy @ _shift(x, k)
    return dx, dw
