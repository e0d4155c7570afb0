"""Every operation here is linear (or locally linear), so write its matrix and transpose it."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def softmax_jacobian(z):
    p = np.exp(z - np.logaddexp.reduce(z))
    return p[:, None] * (np.identity(p.size) - p[None, :])


def nll(yhat, y):
    return -np.log(np.take_along_axis(yhat, y[:, None], axis=1)).sum()


def nll_grad(yhat, y):
    hot = np.equal.outer(y, np.arange(yhat.shape[1]))
    return np.where(hot, -1.0 / yhat, 0.0)


def _band(n, W):
    """A[i, j] = 1/W within window i"""
    A = np.zeros((n - W + 1, n))
    for i, row in enumerate(A):
        row[i:i + W] = 1.0 / W
    return A


def avg_pool1d(x, W):
    return _band(x.shape[0], W) @ x


def avg_pool1d_backward(dy, n, W):
    return _band(n, W).T @ dy


def max_pool1d(x, W):
    return sliding_window_view(x, W).max(axis=-1)


def max_pool1d_backward(dy, x, W):
    picked = sliding_window_view(x, W).argmax(axis=-1) + np.arange(dy.size)
    M = np.zeros((dy.size, x.size))
    M[np.arange(dy.size), picked] = 1.0
    return dy @ M


def _toeplitz(w, n):
    return w[0] * np.eye(n, k=1) + w[1] * np.eye(n) + w[2] * np.eye(n, k=-1)


def conv1d(x, w):
    return _toeplitz(w, x.size) @ x


def conv1d_backward(dy, x, w):
    n = x.size
    dx = _toeplitz(w, n).T @ dy
    dw = np.array([dy @ np.eye(n, k=s) @ x for s in (1, 0, -1)])
    return dx, dw
