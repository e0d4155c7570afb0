import unittest
from collections import namedtuple
from dataclasses import dataclass
from functools import singledispatch
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np


class ConvGrads(NamedTuple):
    dx: np.ndarray
    dw: np.ndarray


Window = namedtuple("Window", ["start", "stop"])


@dataclass(frozen=True)
class Mean:
    W: int


@dataclass(frozen=True)
class Max:
    W: int


@runtime_checkable
class Pool(Protocol):
    W: int


def windows(pool: Pool, n: int) -> list[Window]:
    return [Window(i, i + pool.W) for i in range(n - pool.W + 1)]


@singledispatch
def weights(pool, part):
    """dy by the entries of one window."""
    raise TypeError(pool)


@weights.register
def _(pool: Mean, part):
    return np.broadcast_to(1 / pool.W, part.shape)  # read-only


@weights.register
def _(pool: Max, part):
    first = np.zeros(part.shape)
    first[np.flatnonzero(part == part.max())[0]] = 1
    return first


def forward(pool, x):
    return np.array([x[a:b] @ weights(pool, x[a:b]) for a, b in windows(pool, len(x))])


def backward(pool, dy, x):
    dx = np.zeros(len(x))
    for d, (a, b) in zip(dy, windows(pool, len(x)), strict=True):
        dx[a:b] += d * weights(pool, x[a:b])
    return dx


def softmax_jacobian(z):
    p = np.exp(z - z.max())
    p = np.divide(p, p.sum())
    n = len(p)
    J = np.empty((n, n), order="F")
    for k, j in np.ndindex(n, n):
        J[k, j] = p[k] * (1 - p[k]) if k == j else -p[k] * p[j]
    return J


def nll(yhat, y):
    return np.array([-np.log(np.prod([yhat[i, c]])) for i, c in enumerate(y)]).sum(keepdims=True)  # (1,)


def nll_grad(yhat, y):
    g = np.zeros(yhat.shape[::-1])
    g[y, np.arange(len(y))] = -np.reciprocal(yhat[np.arange(len(y)), y])
    return g.T


def avg_pool1d(x, W):
    return forward(Mean(W), x)


def avg_pool1d_backward(dy, n, W):
    return backward(Mean(W), dy, np.empty(n))


def max_pool1d(x, W):
    return forward(Max(W), x)


def max_pool1d_backward(dy, x, W):
    return backward(Max(W), dy, x)


def conv1d(x, w):
    y = x * w[1]
    y[:-1] += x[1:] * w[0]
    y[1:] += x[:-1] * w[2]
    return y


def conv1d_backward(dy, x, w):
    return ConvGrads(dw=np.array([dy[:-1].dot(x[1:]), dy.dot(x), dy[1:].dot(x[:-1])]), dx=conv1d(dy, w[::-1]))


class TestOnes(unittest.TestCase):
    def test_ones(self):
        self.assertTrue((avg_pool1d(np.ones(5), 3) == 1).all())


if __name__ == "__main__":
    unittest.main()
