"""Derivatives as folds, maps and convolutions. No loops, no assignments by index where they can be avoided."""

from functools import partial, reduce
from itertools import starmap
from operator import add

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _compose(*functions):
    return lambda value: reduce(lambda acc, f: f(acc), functions, value)


def _softmax(z: np.ndarray) -> np.ndarray:
    log_sum = np.logaddexp.reduce(z)  # stable log(sum(exp(z)))
    return np.exp(z - log_sum)


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    """Row k is p[k] (e_k - p)."""
    p = _softmax(np.asarray(z, dtype=np.float64))
    basis = np.identity(p.size)
    row = lambda p_k, e_k: p_k * (e_k - p)  # noqa: E731
    return np.stack(list(map(row, p, basis)))


def nll(yhat: np.ndarray, y: np.ndarray) -> float:
    """The sum of the surprisals."""
    surprisal = lambda row, label: -np.log(row[label])  # noqa: E731
    return float(reduce(add, map(surprisal, yhat, y), 0.0))


def nll_grad(yhat: np.ndarray, y: np.ndarray) -> np.ndarray:
    is_label = np.equal.outer(y, np.arange(yhat.shape[1]))
    return np.where(is_label, -np.reciprocal(yhat), 0.0)


def _pool(reducer, x: np.ndarray, W: int) -> np.ndarray:
    return reducer(sliding_window_view(x, W), axis=-1)


def avg_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    return _pool(np.mean, x, W)


def max_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    return _pool(np.max, x, W)


def avg_pool1d_backward(dy: np.ndarray, n: int, W: int) -> np.ndarray:
    """The adjoint of a box filter is the full convolution with the same box."""
    box = np.full(W, 1.0 / W)
    dx = np.convolve(dy, box, mode="full")
    assert dx.shape == (n,)
    return dx


def max_pool1d_backward(dy: np.ndarray, x: np.ndarray, W: int) -> np.ndarray:
    winners = _pool(np.argmax, x, W) + np.arange(dy.size)
    return np.bincount(winners, weights=dy, minlength=x.size)


def _shift(v: np.ndarray, k: int) -> np.ndarray:
    """_shift(v, k)[i] = v[i - k], with zeros from outside."""
    match k:
        case 0:
            return v
        case 1:
            return np.concatenate(([0.0], v[:-1]))
        case -1:
            return np.concatenate((v[1:], [0.0]))
        case _:
            raise ValueError(k)


OFFSETS = (-1, 0, 1)


def conv1d(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The sum over k of w_k times x shifted by k."""
    return reduce(add, starmap(lambda k, w_k: w_k * _shift(x, k), zip(OFFSETS, w)))


def conv1d_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Adjoint of a shift by k: the shift by -k. The slope of w_k: dy against x shifted by k."""
    pulled = starmap(lambda k, w_k: w_k * _shift(dy, -k), zip(OFFSETS, w))
    slope = _compose(partial(_shift, x), partial(np.dot, dy))
    return reduce(add, pulled), np.fromiter(map(slope, OFFSETS), dtype=np.float64)
