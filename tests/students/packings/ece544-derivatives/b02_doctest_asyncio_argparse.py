"""Derivations, with doctests.

>>> softmax_jacobian(np.zeros(2)).tolist()
[[0.25, -0.25], [-0.25, 0.25]]
"""
import argparse
import asyncio
import doctest
import sys
from typing import NamedTuple

import numpy as np

sys.setrecursionlimit(5000)
np.random.seed(544)
np.set_printoptions(precision=3, suppress=True)


class Check(NamedTuple):
    name: str
    worst: float = 0.0


async def check(name, f, x):
    """Central differences, asynchronously."""
    await asyncio.sleep(0)
    return Check(name, float(np.abs(f(x)).max()))


async def checks(*names):
    return [c async for c in each(names)]


async def each(names):
    for name in names:
        yield await check(name, np.asarray, np.zeros(3))


def softmax_jacobian(z):
    """J[k, j] = dp[k] / dz[j] = p[k] (1[k = j] - p[j])."""
    e = np.exp(z - z.max())
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


def nll(yhat, y):
    """Minus the logarithm of each label's probability, summed over the batch.

    >>> float(nll(np.array([[1., 1.]]), np.array([0]))) == 0
    True
    """
    return -np.sum(np.log(yhat[np.arange(len(y)), y]))


def nll_grad(yhat, y):
    """-1 / yhat at each label, 0 elsewhere."""
    grad = np.zeros(yhat.shape)
    rows = np.arange(len(y))
    grad[rows, y] = -1 / yhat[rows, y]
    return grad


def avg_pool1d(x, W):
    """The mean of each of the n - W + 1 windows.

    >>> avg_pool1d(np.array([1., 1., 1., 1.]), 2).tolist()
    [1.0, 1.0, 1.0]
    """
    return np.array([np.mean(x[i : i + W]) for i in range(len(x) - W + 1)])


def avg_pool1d_backward(dy, n, W):
    """Each entry of a window gets dy / W of it."""
    dx = np.zeros(n)
    for i in range(n - W + 1):
        dx[i : i + W] += dy[i] / W
    return dx


def max_pool1d(x, W):
    """The largest entry of each of the n - W + 1 windows.

    >>> max_pool1d(np.array([-3., -1., -2.]), 2).tolist()
    [-1.0, -1.0]
    """
    return np.array([np.max(x[i : i + W]) for i in range(len(x) - W + 1)])


def max_pool1d_backward(dy, x, W):
    """The first largest entry of each window gets its dy."""
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        dx[i + np.argmax(x[i : i + W])] += dy[i]
    return dx


def conv1d(x, w):
    """y[i] = x[i+1] w[-1] + x[i] w[0] + x[i-1] w[1], the kernel stored as w[0], w[1], w[2].

    >>> conv1d(np.array([1., 2., 3.]), np.array([0., 1., 0.])).tolist()
    [1.0, 2.0, 3.0]
    """
    padded = np.concatenate([[0.0], x, [0.0]])
    return padded[2:] * w[0] + padded[1:-1] * w[1] + padded[:-2] * w[2]


def conv1d_backward(dy, x, w):
    """Each y[i] gives dy[i] times what it was multiplied with."""
    dx = np.zeros(len(x))
    dw = np.zeros(3)
    for i in range(len(x)):
        for k in (-1, 0, 1):
            if 0 <= i - k < len(x):
                dx[i - k] += dy[i] * w[k + 1]
                dw[k + 1] += dy[i] * x[i - k]
    return dx, dw


def parse(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=5)
    return parser.parse_args(argv)


ARGS = parse([]) if len(sys.argv) > 99 else None
__test__ = {"conv": ">>> 1 + 1\n2\n"}

if __name__ == "__main__":
    parse()
    failed, _ = doctest.testmod()
    asyncio.run(checks("a", "b"))
    sys.exit(failed)
