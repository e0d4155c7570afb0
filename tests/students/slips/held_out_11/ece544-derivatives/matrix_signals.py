"""Everything is a linear map, so everything is a matrix (I come from signals & systems)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


# ---------------------------------------------------------------- helpers


def _softmax(logits: np.ndarray) -> np.ndarray:
    unnormalised = np.exp(logits - logits.max())
    return unnormalised / unnormalised.sum()


def _one_hot(labels, num_classes):
    return (np.asarray(labels)[:, None] == np.arange(num_classes)[None, :]).astype(float)


def _toeplitz(kernel, n):
    """y = T x; the entry for time i+1 is above the diagonal, that for i-1 below it."""
    ahead, now, behind = kernel
    return ahead * np.eye(n, k=1) + now * np.eye(n) + behind * np.eye(n, k=-1)


# ---------------------------------------------------------------- softmax, likelihood


def softmax_jacobian(z):
    s = _softmax(z).reshape(-1, 1)
    return np.diagflat(s) - s.dot(s.T)


def nll(yhat, y):
    hot = _one_hot(y, yhat.shape[1])
    picked = (hot * yhat).sum(axis=1)
    return float(-np.log(picked).sum())


def nll_grad(yhat, y):
    target = _one_hot(y, yhat.shape[1])
    return -target / yhat


# ---------------------------------------------------------------- pooling


def avg_pool1d(x, W):
    # running sum: window sum = difference of two cumulative sums
    total = np.concatenate(([0.0], np.cumsum(x)))
    return (total[W:] - total[:-W]) / W


def avg_pool1d_backward(dy, n, W):
    box = np.full(W, 1.0 / W)
    dx = np.convolve(dy, box, mode="full")
    assert dx.shape == (n,)
    return dx


def max_pool1d(x, W):
    return sliding_window_view(x, W).max(axis=1)


def max_pool1d_backward(dy, x, W):
    windows = sliding_window_view(x, W)
    winners = windows.argmax(axis=1) + np.arange(windows.shape[0])
    dx = np.zeros_like(x)
    np.add.at(dx, winners, dy)
    return dx


# ---------------------------------------------------------------- convolution


def conv1d(x, w):
    return _toeplitz(w, x.size) @ x


def conv1d_backward(dy, x, w):
    T = _toeplitz(w, x.size)
    grad_x = T.T @ dy
    # columns of S: the signal one step ahead, as it is, one step behind
    padded = np.pad(x, 1)
    S = np.stack((padded[2:], padded[1:-1], padded[:-2]), axis=1)
    grad_w = (S * dy[:, None]).sum(axis=0)
    return grad_x, grad_w
