"""No Python loop anywhere: windows are views, scatters are bincounts."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def softmax_jacobian(z):
    p = np.subtract(z, z.max())
    np.exp(p, out=p)
    p /= p.sum()
    J = np.multiply.outer(-p, p)
    J.flat[:: len(p) + 1] += p
    return J


def nll(yhat, y):
    picked = np.take_along_axis(yhat, y[:, None], axis=1)
    return -np.log(picked, out=picked).sum()


def nll_grad(yhat, y):
    g = np.zeros_like(yhat)
    picked = np.take_along_axis(yhat, y[:, None], axis=1)
    np.put_along_axis(g, y[:, None], np.divide(-1.0, picked), axis=1)
    return g


def avg_pool1d(x, W):
    return sliding_window_view(x, W).sum(axis=1) / W


def avg_pool1d_backward(dy, n, W):
    spread = np.arange(len(dy))[:, None] + np.arange(W)
    return np.bincount(spread.ravel(), weights=np.repeat(dy, W), minlength=n) / W


def max_pool1d(x, W):
    return sliding_window_view(x, W).max(axis=1)


def max_pool1d_backward(dy, x, W):
    where = sliding_window_view(x, W).argmax(axis=1)
    where += np.arange(len(where))
    dx = np.zeros(len(x))
    np.add.at(dx, where, dy)
    return dx


def conv1d(x, w):
    n = len(x)
    padded = np.zeros(n + 2)
    padded[1:-1] = x
    return sliding_window_view(padded, 3) @ w[::-1]


def conv1d_backward(dy, x, w):
    n = len(x)
    both = np.zeros((2, n + 2))
    both[0, 1:-1] = dy
    both[1, 1:-1] = x
    dy_windows, x_windows = sliding_window_view(both, 3, axis=1)
    dx = dy_windows @ w
    dw = (dy @ x_windows)[::-1].copy()
    return dx, dw
