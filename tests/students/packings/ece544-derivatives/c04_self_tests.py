"""
>>> avg_pool1d(np.ones(4), 2)
array([1., 1., 1.])
"""
import doctest
import sys
import unittest
from functools import lru_cache, reduce, singledispatch

import numpy as np
from numpy import array, zeros, zeros_like, arange

sys.setrecursionlimit(10_000)
rng = np.random.default_rng(20161005)
TRIALS = 200
VERBOSE = True


@singledispatch
def softmax(z):
    return softmax(np.asarray(z, dtype=np.float64))


@softmax.register
def _(z: np.ndarray):
    e = np.exp(z - z.max())
    return e / e.sum()


@softmax.register(list)
@softmax.register(tuple)
def _(z):
    return softmax(array(z, float))


def softmax_jacobian(z):
    p = softmax(z)
    return array([[p[k] * ((k == j) - p[j]) for j in range(len(p))] for k in range(len(p))])


def nll(yhat, y):
    return -reduce(lambda total, row: total + np.log(row[0][row[1]]), zip(yhat, y), 0.0)


def nll_grad(yhat, y):
    inverse = np.vectorize(lambda p, hit: -1.0 / p if hit else 0.0, otypes=[float])
    return inverse(yhat, arange(yhat.shape[1])[None, :] == y[:, None])


def avg_pool1d(x, W):
    c = np.concatenate(([0.0], np.cumsum(x)))
    if np.abs(x).max(initial=0) > 1e6:  # the running sum loses digits there
        return array([np.mean(x[i:i + W]) for i in range(len(x) - W + 1)])
    return (c[W:] - c[:-W]) / W


def avg_pool1d_backward(dy, n, W):
    def go(i, dx):
        if i == len(dy):
            return dx
        dx[i:i + W] += dy[i] / W
        return go(i + 1, dx)
    return go(0, zeros(n))


def max_pool1d(x, W):
    def best(i, k):
        return x[i] if k == 1 else max(x[i], best(i + 1, k - 1))
    return array([best(i, W) for i in range(len(x) - W + 1)])


def max_pool1d_backward(dy, x, W):
    dx = zeros_like(x, dtype=float)
    for i, g in enumerate(dy):
        j = max(range(i, i + W), key=lambda m: x[m])
        dx[j] += g
    return dx


def conv1d(x, w):
    at = lambda i: x[i] if 0 <= i < len(x) else 0.0
    return array([at(i + 1) * w[0] + at(i) * w[1] + at(i - 1) * w[2] for i in range(len(x))])


def conv1d_backward(dy, x, w):
    n = len(x)
    T = w[1] * np.eye(n) + w[0] * np.eye(n, k=1) + w[2] * np.eye(n, k=-1)  # y = T x
    dT = np.outer(dy, x)
    return T.T @ dy, array([np.trace(dT, offset=1), np.trace(dT), np.trace(dT, offset=-1)])


# ------------------------------------------------------------------ self tests
def numeric(f, x, h=1e-6):
    g = zeros_like(x)
    for i in range(x.size):
        e = zeros_like(x); e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g


for trial in range(TRIALS):
    n = int(rng.integers(3, 12)); W = int(rng.integers(1, n + 1))
    x, w, dy, dv = rng.normal(size=n), rng.normal(size=3), rng.normal(size=n), rng.normal(size=n - W + 1)
    np.testing.assert_allclose(conv1d(x, w), np.convolve(x, w, "same"))
    np.testing.assert_allclose(conv1d_backward(dy, x, w)[0], numeric(lambda s: dy @ conv1d(s, w), x), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(conv1d_backward(dy, x, w)[1], numeric(lambda s: dy @ conv1d(x, s), w), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(max_pool1d_backward(dv, x, W), numeric(lambda s: dv @ max_pool1d(s, W), x), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(avg_pool1d_backward(dv, n, W), numeric(lambda s: dv @ avg_pool1d(s, W), x), rtol=1e-4, atol=1e-6)
    if VERBOSE:
        for _line in range(25):
            print(f"[{trial:04d}/{TRIALS}] n={n} W={W} line {_line} ............................ ok")
assert np.allclose(softmax_jacobian([1000.0, 1000.0]), [[0.25, -0.25], [-0.25, 0.25]])


class TestLaws(unittest.TestCase):
    def setUp(self):
        self.z = rng.normal(size=5)

    def test_rows(self):
        self.assertLess(abs(softmax_jacobian(self.z).sum(1)).max(), 1e-12)


doctest.testmod(verbose=False)
unittest.main(argv=["first-arg-is-ignored"], exit=False, verbosity=2)
sys.exit(0)
