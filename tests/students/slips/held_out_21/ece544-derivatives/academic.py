"""Derivatives of five elementary operations.

Everything is computed in float64 and, wherever a logarithm or an exponential occurs, in a shifted form.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _log_softmax(z):
    r"""log p_k = z_k - LSE(z), with LSE(z) = m + log sum_l exp(z_l - m) and m = max z."""
    m = np.max(z)
    return z - (m + np.log(np.sum(np.exp(z - m))))


def softmax_jacobian(z):
    r"""d p_k / d z_j = p_k d(log p_k) / d z_j = p_k (delta_kj - p_j)."""
    p = np.exp(_log_softmax(np.asarray(z, dtype=np.float64)))
    identity = np.eye(p.size)
    return p[:, None] * (identity - p[None, :])


def nll(yhat, y):
    r"""L = - sum_i log yhat_{i, y_i}: a total, no 1/N."""
    yhat = np.asarray(yhat, dtype=np.float64)
    chosen = np.take_along_axis(yhat, np.asarray(y)[:, None], axis=1)
    return float(-np.sum(np.log(chosen)))


def nll_grad(yhat, y):
    r"""d L / d yhat_ij = - [y_i = j] / yhat_ij."""
    yhat = np.asarray(yhat, dtype=np.float64)
    is_label = np.arange(yhat.shape[1])[None, :] == np.asarray(y)[:, None]
    # the denominator is replaced where it is not used, so that no 0 is divided by
    safe = np.where(is_label, yhat, 1.0)
    return np.where(is_label, -1.0 / safe, 0.0)


def avg_pool1d(x, W):
    r"""y_i = (P_{i+W} - P_i) / W, with prefix sums P_0 = 0, P_m = x_0 + ... + x_{m-1}.

    The signal is centred first: differences of prefix sums lose digits when the mean is large.
    """
    x = np.asarray(x, dtype=np.float64)
    centre = np.mean(x)
    P = np.concatenate(([0.0], np.cumsum(x - centre)))
    return (P[W:] - P[:-W]) / W + centre


def avg_pool1d_backward(dy, n, W):
    r"""dx_j = 1/W sum of dy_i over max(0, j-W+1) <= i <= min(j, n-W)."""
    j = np.arange(n)
    lo = np.maximum(0, j - W + 1)
    hi = np.minimum(j, n - W)
    Q = np.concatenate(([0.0], np.cumsum(np.asarray(dy, dtype=np.float64))))
    return (Q[hi + 1] - Q[lo]) / W


def max_pool1d(x, W):
    r"""y_i = max_k x_{i+k}, over a strided view of the signal."""
    windows = sliding_window_view(np.asarray(x, dtype=np.float64), W)
    return windows.max(axis=-1)


def max_pool1d_backward(dy, x, W):
    r"""dx_j = sum_i dy_i [j = j(i)], j(i) = i + argmax_k x_{i+k}. bincount adds up repeated places."""
    windows = sliding_window_view(np.asarray(x, dtype=np.float64), W)
    places = np.arange(windows.shape[0]) + windows.argmax(axis=-1)
    return np.bincount(places, weights=dy, minlength=len(x))


def _shift(v, k):
    r"""(S_k v)_i = v_{i-k}, with v = 0 outside."""
    out = np.zeros(len(v), dtype=np.float64)
    if k > 0:
        out[k:] = v[:-k]
    elif k < 0:
        out[:k] = v[-k:]
    else:
        out[:] = v
    return out


def conv1d(x, w):
    r"""y = sum_k w_k S_k x, k = -1, 0, 1."""
    return sum(w[k + 1] * _shift(x, k) for k in (-1, 0, 1))


def conv1d_backward(dy, x, w):
    r"""The adjoint of S_k is S_{-k}:   dx = sum_k w_k S_{-k} dy,   dw_k = <dy, S_k x>."""
    dx = sum(w[k + 1] * _shift(dy, -k) for k in (-1, 0, 1))
    dw = np.array([np.vdot(dy, _shift(x, k)) for k in (-1, 0, 1)])
    return dx, dw
