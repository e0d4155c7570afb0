"""Part I from the paper: sums over indices as they are written, with bincount for what is scattered."""

from math import exp, fsum, log

import numpy as np


def softmax_jacobian(z):
    top = max(z)
    e = [exp(v - top) for v in z]
    total = fsum(e)
    C = len(e)
    J = np.empty((C, C))
    for k in range(C):
        for j in range(C):
            if j == k:
                J[k, j] = e[k] * (total - e[k]) / total**2
            else:
                J[k, j] = -e[k] * e[j] / total**2
    return J


def nll(yhat, y):
    return -fsum(log(row[label]) for row, label in zip(yhat, y))


def nll_grad(yhat, y):
    N, C = yhat.shape
    indicator = np.arange(C)[None, :] == y[:, None]
    return np.where(indicator, -1 / yhat, 0.0)


def avg_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    for k in range(W):
        y += x[k : n - W + 1 + k]
    return y / W


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for j in range(n):
        for i in range(max(0, j - W + 1), min(j, n - W) + 1):
            dx[j] += dy[i] / W
    return dx


def max_pool1d(x, W):
    y = []
    for i in range(len(x) - W + 1):
        best = x[i]
        for k in range(1, W):
            if x[i + k] > best:
                best = x[i + k]
        y.append(best)
    return np.array(y)


def max_pool1d_backward(dy, x, W):
    where = []
    for i in range(len(dy)):
        best = i
        for k in range(i + 1, i + W):
            if x[k] > x[best]:
                best = k
        where.append(best)
    return np.bincount(where, weights=dy, minlength=len(x))


def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for k in (-1, 0, 1):
        for i in range(n):
            if 0 <= i - k < n:
                y[i] += x[i - k] * w[k + 1]
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = w[1] * dy
    dx[1:] += w[0] * dy[:-1]
    dx[:-1] += w[2] * dy[1:]
    dw = np.array([np.dot(dy[: n - 1], x[1:]), np.dot(dy, x), np.dot(dy[1:], x[: n - 1])])
    return dx, dw
