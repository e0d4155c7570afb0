"""ECE 544NA assignment 2, part I in code.

My derivations:
  softmax: quotient rule, case k == j and case k != j.
  nll:     only the label's probability is in the sum.
  pools:   each output spreads its gradient over its own window.
  conv:    y[i] = x[i+1] w[0] + x[i] w[1] + x[i-1] w[2]
"""

import math
from typing import Tuple

import numpy as np

EPS = 1e-15
KERNEL_SIZE = 3
DEBUG = False


def debug(*what) -> None:
    """print only while I look for mistakes"""
    if DEBUG:
        print(*what)


def softmax(z: np.ndarray) -> np.ndarray:
    """p (C,)"""
    shifted = z - np.max(z)
    exps = np.exp(shifted)
    return exps / np.sum(exps)


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    assert z.ndim == 1
    p = softmax(z)
    C = len(p)
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = p[k] * (1 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    debug("row sums", J.sum(axis=1))
    return J


def nll(yhat: np.ndarray, y: np.ndarray) -> float:
    assert yhat.shape[0] == y.shape[0], "one label per row"
    total = 0.0
    for row, label in zip(yhat, y):
        total -= math.log(row[label] + EPS)
    return total


def nll_grad(yhat: np.ndarray, y: np.ndarray) -> np.ndarray:
    N, C = yhat.shape
    grad = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                grad[i, j] = -1.0 / (yhat[i, j] + EPS)
    return grad


def number_of_windows(n: int, W: int) -> int:
    assert 1 <= W <= n
    return n - W + 1


def avg_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    V = number_of_windows(len(x), W)
    y = np.zeros(V)
    for i in range(V):
        total = 0.0
        for k in range(W):
            total += x[i + k]
        y[i] = total / W
    return y


def avg_pool1d_backward(dy: np.ndarray, n: int, W: int) -> np.ndarray:
    V = number_of_windows(n, W)
    dx = np.zeros(n)
    for i in range(V):
        share = dy[i] / W
        for j in range(i, i + W):
            dx[j] += share
    return dx


def max_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    V = number_of_windows(len(x), W)
    y = np.zeros(V)
    for i in range(V):
        best = -math.inf
        for k in range(W):
            if x[i + k] > best:
                best = x[i + k]
        y[i] = best
    return y


def first_maximum(x: np.ndarray, i: int, W: int) -> int:
    """index in x of the first largest entry of window i"""
    where = i
    for j in range(i + 1, i + W):
        if x[j] > x[where]:
            where = j
    return where


def max_pool1d_backward(dy: np.ndarray, x: np.ndarray, W: int) -> np.ndarray:
    V = number_of_windows(len(x), W)
    dx = np.zeros(len(x))
    for i in range(V):
        dx[first_maximum(x, i, W)] += dy[i]
    return dx


def conv1d(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    assert len(w) == KERNEL_SIZE
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        for k in (-1, 0, 1):
            if 0 <= i - k < n:
                y[i] += x[i - k] * w[k + 1]
    return y


def conv1d_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    n = len(x)
    dx = np.zeros(n)
    for j in range(n):
        for i in (j - 1, j, j + 1):
            if i < 0 or i >= n:
                continue
            dx[j] += dy[i] * w[i - j + 1]
    dw = np.zeros(KERNEL_SIZE)
    for k in (-1, 0, 1):
        for i in range(n):
            if 0 <= i - k and i - k < n:
                dw[k + 1] += dy[i] * x[i - k]
    return dx, dw


def numeric(f, at, dy, h=1e-6):
    """central differences of sum(dy * f)"""
    result = np.zeros_like(at)
    for j in range(len(at)):
        up, down = at.copy(), at.copy()
        up[j] += h
        down[j] -= h
        result[j] = np.sum(dy * (f(up) - f(down))) / (2 * h)
    return result


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    signal, kernel = rng.normal(size=8), rng.normal(size=3)
    up = rng.normal(size=8)
    dx, dw = conv1d_backward(up, signal, kernel)
    print(np.abs(dx - numeric(lambda s: conv1d(s, kernel), signal, up)).max())
    print(np.abs(dw - numeric(lambda v: conv1d(signal, v), kernel, up)).max())
    print(np.abs(max_pool1d_backward(up[:6], signal, 3) - numeric(lambda s: max_pool1d(s, 3), signal, up[:6])).max())
