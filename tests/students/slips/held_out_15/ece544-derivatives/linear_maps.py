"""Everything linear is a matrix, every derivative a pullback."""

from functools import reduce
from operator import add

import numpy as np


def softmax_vjp(z):
    """softmax(z) and u -> J^T u."""
    e = np.exp(z - max(z))
    p = e / sum(e)
    return p, lambda u: p * (u - p @ u)


def softmax_jacobian(z):
    p, pullback = softmax_vjp(z)
    # row k of J is the pullback of the unit vector k
    return np.stack([pullback(u) for u in np.eye(len(p))])


def nll_vjp(yhat, y):
    hot = y[:, None] == range(yhat.shape[1])
    q = yhat[hot]
    return -np.log(q).sum(), lambda u: np.where(hot, -u / yhat, 0.0)


def nll(yhat, y):
    return nll_vjp(yhat, y)[0]


def nll_grad(yhat, y):
    return nll_vjp(yhat, y)[1](1.0)


def averaging(n, W):
    """The matrix (n-W+1, n) of avg_pool1d."""
    return reduce(add, (np.eye(n - W + 1, n, k=k) for k in range(W))) / W


def avg_pool1d(x, W):
    return averaging(len(x), W) @ x


def avg_pool1d_backward(dy, n, W):
    return averaging(n, W).T @ dy


def max_pool_vjp(x, W):
    windows = [x[i : i + W] for i in range(len(x) - W + 1)]
    top = np.array([w.max() for w in windows])
    shares = [(w == t) / np.count_nonzero(w == t) for w, t in zip(windows, top)]

    def pullback(u):
        placed = (
            np.concatenate([np.zeros(i), d * s, np.zeros(len(x) - W - i)]) for i, (d, s) in enumerate(zip(u, shares))
        )
        return reduce(add, placed)

    return top, pullback


def max_pool1d(x, W):
    return max_pool_vjp(x, W)[0]


def max_pool1d_backward(dy, x, W):
    return max_pool_vjp(x, W)[1](dy)


def shifts(n):
    """(S_k x)[i] = x[i - k] for k = -1, 0, 1."""
    return np.array([np.eye(n, k=-k) for k in (-1, 0, 1)])


def conv_vjp(x, w):
    S = shifts(len(x))
    moved = S @ x
    return w @ moved, lambda u: (np.tensordot(w, S, axes=1).T @ u, moved @ u)


def conv1d(x, w):
    return conv_vjp(x, w)[0]


def conv1d_backward(dy, x, w):
    return conv_vjp(x, w)[1](dy)
