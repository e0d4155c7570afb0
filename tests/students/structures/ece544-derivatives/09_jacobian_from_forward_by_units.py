"""Every backward function multiplies with a Jacobian; those of linear functions come from unit vectors."""
import functools

import numpy as np

__all__ = [
    "softmax_jacobian", "nll", "nll_grad", "avg_pool1d", "avg_pool1d_backward",
    "max_pool1d", "max_pool1d_backward", "conv1d", "conv1d_backward",
]  # fmt: skip


def units(n):
    return iter(np.eye(n))


def jacobian_of_linear(function, n):
    return np.stack([function(unit) for unit in units(n)], axis=1)


def pull_back(dy, function, n):
    return np.dot(dy, jacobian_of_linear(function, n))


def checked(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        copies = [np.array(a, copy=True) if isinstance(a, np.ndarray) else a for a in args]
        out = function(*copies, **{k: np.copy(v) if isinstance(v, np.ndarray) else v for k, v in kwargs.items()})
        for part in out if isinstance(out, tuple) else (out,):
            assert np.all(np.isfinite(part))
        return out

    return inner


@checked
def softmax_jacobian(z):
    z -= z.max()  # our copy
    np.exp(z, out=z)
    z /= z.sum()
    return np.diag(z) - z * z[:, None]


@checked
def nll(yhat, y):
    (n,) = y.shape
    return float(-np.log(yhat.ravel()[np.ravel_multi_index((np.arange(n), y), yhat.shape)]).sum())


@checked
def nll_grad(yhat, y):
    flat = np.ravel_multi_index((np.arange(len(y)), y), yhat.shape)
    out = np.zeros(yhat.size)
    out[flat] = -1 / yhat.ravel()[flat]
    return out.reshape(yhat.shape)


@checked
def avg_pool1d(x, W):
    view = np.lib.stride_tricks.as_strided(x, (x.size - W + 1, W), x.strides * 2, writeable=False)
    return view.sum(1) / W


@checked
def avg_pool1d_backward(dy, n, W):
    return pull_back(dy, lambda unit: avg_pool1d(unit, W), n)


@checked
def max_pool1d(x, W):
    view = np.lib.stride_tricks.as_strided(x, (x.size - W + 1, W), x.strides * 2, writeable=False)
    return np.amax(view, axis=1)


@checked
def max_pool1d_backward(dy, x, W):
    # a stable order from the largest on: whoever comes first in it is its window's
    order = np.argsort(-x, kind="stable")
    free = np.ones(len(dy), bool)
    dx = np.zeros(len(x))
    for j in order:
        mine = np.arange(max(0, j - W + 1), min(j, len(dy) - 1) + 1)
        mine = mine[free[mine]]
        dx[j] = dy[mine].sum()
        free[mine] = False
    return dx


@checked
def conv1d(x, w):
    return np.convolve(x, w)[1:-1]


@checked
def conv1d_backward(dy, x, w):
    return pull_back(dy, lambda unit: conv1d(unit, w), x.size), pull_back(dy, lambda unit: conv1d(x, unit), 3)
