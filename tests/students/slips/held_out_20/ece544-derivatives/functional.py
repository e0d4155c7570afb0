"""The five derivations as expressions: comprehensions, zips and folds over tuples."""

from functools import reduce
from itertools import product

import numpy as np


def softmax(z):
    top = max(z)
    weights = tuple(np.exp(v - top) for v in z)
    total = sum(weights)
    return tuple(v / total for v in weights)


def softmax_jacobian(z):
    p = softmax(z)
    return np.array([[p_k * ((k == j) - p_j) for j, p_j in enumerate(p)] for k, p_k in enumerate(p)])


def nll(yhat, y):
    surprises = map(lambda row, label: -np.log(row[label]), yhat, y)
    return reduce(lambda total, one: total + one, surprises, 0.0)


def nll_grad(yhat, y):
    def slope(row, label):
        return [-1.0 / q if j == label else 0.0 for j, q in enumerate(row)]

    return np.array([slope(row, label) for row, label in zip(yhat, y)])


def windows(x, W):
    count = len(x) - W + 1
    return (x[start : start + W] for start in range(count))


def pooled(aggregate):
    """A pooling function from what it does to one window."""

    def pool(x, W):
        return np.array([aggregate(window) for window in windows(x, W)])

    return pool


def avg_pool1d(x, W):
    return pooled(lambda window: sum(window) / W)(x, W)


def avg_pool1d_backward(dy, n, W):
    def received(j):
        return sum(dy[i] for i in range(max(0, j - W + 1), min(j, n - W) + 1)) / W

    return np.array([received(j) for j in range(n)])


def max_pool1d(x, W):
    return pooled(max)(x, W)


def max_pool1d_backward(dy, x, W):
    def winner(i):
        return max(range(i, i + W), key=lambda j: x[j])

    winners = tuple(map(winner, range(len(dy))))
    return np.array([sum((g for g, j in zip(dy, winners) if j == place), 0.0) for place in range(len(x))])


def at(x):
    """The signal as a function of the index: 0 outside."""
    return lambda i: x[i] if 0 <= i < len(x) else 0.0


def conv1d(x, w):
    signal = at(x)
    return np.array([sum(signal(i - k) * w[k + 1] for k in (-1, 0, 1)) for i in range(len(x))])


def conv1d_backward(dy, x, w):
    upstream, signal = at(dy), at(x)
    dx = [sum(upstream(j + k) * w[k + 1] for k in (-1, 0, 1)) for j in range(len(x))]
    contributions = {k: [dy[i] * signal(i - k) for i in range(len(dy))] for k in (-1, 0, 1)}
    dw = [sum(contributions[k]) for k in (-1, 0, 1)]
    return np.array(dx), np.array(dw)
