"""Part I with sliding_window_view and np.add.at."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def softmax(z):
    z = np.asarray(z, dtype=float)
    w = np.exp(z - np.max(z))
    return w / w.sum()


def softmax_jacobian(z):
    p = softmax(z)
    return p[:, None] * (np.eye(p.size) - p[None, :])


def nll(yhat, y):
    picked = np.take_along_axis(yhat, y[:, np.newaxis], axis=1)
    return -np.log(picked).sum()


def nll_grad(yhat, y):
    grad = np.zeros_like(yhat)
    np.put_along_axis(grad, y[:, np.newaxis], -1.0 / np.take_along_axis(yhat, y[:, np.newaxis], axis=1), axis=1)
    return grad


def avg_pool1d(x, W):
    return sliding_window_view(x, W).mean(axis=1)


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    places = np.arange(n - W + 1)[:, None] + np.arange(W)[None, :]
    np.add.at(dx, places, dy[:, None] / W)
    return dx


def max_pool1d(x, W):
    return sliding_window_view(x, W).max(axis=-1)


def max_pool1d_backward(dy, x, W):
    winners = sliding_window_view(x, W).argmax(axis=1) + np.arange(len(x) - W + 1)
    dx = np.zeros_like(x, dtype=float)
    np.add.at(dx, winners, dy)
    return dx


def conv1d(x, w):
    windows = sliding_window_view(np.pad(x, 1), 3)
    return windows @ w[::-1]


def conv1d_backward(dy, x, w):
    dx = sliding_window_view(np.pad(dy, 1), 3) @ w
    dw = (sliding_window_view(np.pad(x, 1), 3).T @ dy)[::-1]
    return dx, dw
