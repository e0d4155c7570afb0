"""Derivatives without deriving: complex steps, prefix sums, a queue for the maxima, polynomials for the convolution."""
from collections import deque
from itertools import accumulate
from math import fsum, log

import numpy as np

TINY = 1e-40


def probabilities(z):
    e = np.exp(z - z.real.max())
    return e / e.sum()


def softmax_jacobian(z):
    # complex step: f(z + i h) = f(z) + i h f'(z), no difference is taken and so no digit is lost
    columns = []
    for j in range(len(z)):
        moved = z.astype(complex)
        moved[j] += TINY * 1j
        columns.append(probabilities(moved).imag / TINY)
    return np.stack(columns, axis=1)


def nll(yhat, y):
    return fsum(-log(row[label]) for row, label in zip(yhat.tolist(), y.tolist()))


def nll_grad(yhat, y):
    flat = np.zeros(yhat.size)
    at = np.arange(len(y)) * yhat.shape[1] + y
    flat[at] = np.negative(np.reciprocal(yhat.ravel()[at]))
    return flat.reshape(yhat.shape)


def avg_pool1d(x, W):
    # S[i] is the sum of the entries before i
    S = np.array([0.0, *accumulate(x.tolist())])
    return (S[W:] - S[:-W]) / W


def avg_pool1d_backward(dy, n, W):
    # window i switches dy[i] / W on at i and off again at i + W
    switch = np.zeros(n + 1)
    switch[: n - W + 1] += dy / W
    switch[W:] -= dy / W
    return np.cumsum(switch)[:n]


def winners(x, W):
    """For each window the index in x of its first largest entry: the front of a queue of falling entries."""
    queue = deque()
    for j, value in enumerate(x.tolist()):
        while queue and x[queue[-1]] < value:
            queue.pop()
        queue.append(j)
        if queue[0] <= j - W:
            queue.popleft()
        if j >= W - 1:
            yield queue[0]


def max_pool1d(x, W):
    return x[list(winners(x, W))]


def max_pool1d_backward(dy, x, W):
    dx = [0.0] * len(x)
    for share, j in zip(dy.tolist(), winners(x, W)):
        dx[j] += share
    return np.array(dx)


def times(a, b):
    """Coefficients of the product of two polynomials."""
    product = np.zeros(len(a) + len(b) - 1)
    for i, ai in enumerate(a):
        product[i : i + len(b)] += ai * b
    return product


def conv1d(x, w):
    # x(s) w(s) / s without its first and last coefficient
    return times(x, w)[1:-1]


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = times(dy, w[::-1])[1:-1]
    dw = times(dy, x[::-1])[n - 2 : n + 1]
    return dx, dw
