"""Five derivations with care for rounding: logarithms as long as possible, compensated sums, masks as floats.

On a tie the gradient of a maximum is shared equally, the symmetric choice of a subgradient.
"""

import math

import numpy as np

_DOUBLE = np.float64


def _double(a):
    return np.array(a, dtype=_DOUBLE)  # a copy, so nothing of the caller can be changed


def _log_softmax(z):
    shifted = z - np.max(z)
    return shifted - math.log(math.fsum(np.exp(shifted)))


def softmax_jacobian(z):
    log_p = _log_softmax(_double(z))
    with np.errstate(under="ignore"):
        off = -np.exp(log_p[:, None] + log_p[None, :])
        # 1 - p without cancellation where p is almost 1: minus expm1 of its logarithm
        diagonal = np.exp(log_p) * -np.expm1(log_p)
    same = np.identity(log_p.size, dtype=bool)
    return np.where(same, np.diag(diagonal), off)


def nll(yhat, y):
    yhat = _double(yhat)
    picked = np.array([yhat[i, int(label)] for i, label in enumerate(y)])
    return -math.fsum(np.log(picked))


def nll_grad(yhat, y):
    yhat = _double(yhat)
    indicator = (np.arange(yhat.shape[1])[None, :] == np.asarray(y)[:, None]).astype(_DOUBLE)
    # where the indicator is 0 the denominator is 1, so that 0 / 0 cannot come up
    safe = np.where(indicator == 1.0, yhat, 1.0)
    return 0.0 - indicator / safe


def _windows(n, W):
    """First and last + 1 index of each window within the signal."""
    for first in range(n - W + 1):
        yield first, first + W


def avg_pool1d(x, W):
    x = _double(x)
    return np.array([math.fsum(x[lo:hi]) / W for lo, hi in _windows(x.size, W)])


def avg_pool1d_backward(dy, n, W):
    dy = _double(dy)
    dx = np.empty(n)
    for j in range(n):
        first = max(0, j - W + 1)
        last = min(j, n - W)
        dx[j] = math.fsum(dy[first : last + 1]) / W
    return dx


def max_pool1d(x, W):
    x = _double(x)
    best = np.full(x.size - W + 1, -np.inf)
    for k in range(W):
        best = np.maximum(best, x[k : k + best.size])
    return best


def max_pool1d_backward(dy, x, W):
    dy, x = _double(dy), _double(x)
    dx = np.zeros_like(x)
    for i, (lo, hi) in enumerate(_windows(x.size, W)):
        window = x[lo:hi]
        largest = (window == window.max()).astype(_DOUBLE)
        dx[lo:hi] += dy[i] * largest / largest.sum()
    return dx


def _shifted(x, by):
    """x[i - by] at i, 0 where that lies outside."""
    out = np.zeros_like(x)
    if by > 0:
        out[by:] = x[:-by]
    elif by < 0:
        out[:by] = x[-by:]
    else:
        out[:] = x
    return out


def conv1d(x, w):
    x, w = _double(x), _double(w)
    y = np.zeros_like(x)
    for k in (-1, 0, 1):
        y += _shifted(x, k) * w[k + 1]
    return y


def conv1d_backward(dy, x, w):
    dy, x, w = _double(dy), _double(x), _double(w)
    dx = np.zeros_like(x)
    dw = np.zeros(3)
    for k in (-1, 0, 1):
        dx += _shifted(dy, -k) * w[k + 1]
        dw[k + 1] = math.fsum(dy * _shifted(x, k))
    return dx, dw
