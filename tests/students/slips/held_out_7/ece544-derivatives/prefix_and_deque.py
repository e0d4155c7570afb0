"""Part I in the way of an algorithms course: prefix sums, a queue of candidates for the maximum, shifts by slices."""

import math
from collections import deque
from itertools import accumulate

import numpy as np


def softmax_jacobian(z):
    top = max(z)
    e = [math.exp(v - top) for v in z]
    s = math.fsum(e)
    J = np.empty((len(z), len(z)))
    for k, ek in enumerate(e):
        for j, ej in enumerate(e):
            if k == j:
                J[k, j] = ek * (s - ek) / s**2
            else:
                J[k, j] = -ek * ej / s**2
    return J


def nll(yhat, y):
    return -math.fsum(math.log(row[label]) for row, label in zip(yhat, y))


def nll_grad(yhat, y):
    grad = np.zeros_like(yhat, dtype=float)
    for i, label in enumerate(y):
        grad[i, label] -= 1 / yhat[i, label]
    return grad


def avg_pool1d(x, W):
    total = np.array([0.0, *accumulate(float(v) for v in x)])
    return (total[W:] - total[:-W]) / W


def avg_pool1d_backward(dy, n, W):
    change = np.zeros(n + 1)
    change[: len(dy)] += dy
    change[W : W + len(dy)] -= dy
    return np.cumsum(change)[:n] / W


def winners(x, W):
    """Where the first largest entry of each window is, with a queue of falling candidates."""
    queue, found = deque(), []
    for j, value in enumerate(x):
        while queue and x[queue[-1]] < value:
            queue.pop()
        queue.append(j)
        if queue[0] <= j - W:
            queue.popleft()
        if j >= W - 1:
            found.append(queue[0])
    return found


def max_pool1d(x, W):
    return np.asarray(x)[winners(x, W)]


def max_pool1d_backward(dy, x, W):
    return np.bincount(winners(x, W), weights=dy, minlength=len(x))


def conv1d(x, w):
    y = w[1] * x
    y[:-1] += w[0] * x[1:]
    y[1:] += w[2] * x[:-1]
    return y


def conv1d_backward(dy, x, w):
    dx = w[1] * dy
    dx[1:] += w[0] * dy[:-1]
    dx[:-1] += w[2] * dy[1:]
    return dx, np.array([dy[:-1] @ x[1:], dy @ x, dy[1:] @ x[:-1]])
