"""The right functions over the reference's own, and the other derivatives that a tie allows."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reference import softmax as softmaxes
from reference.arrays import Array, Labels
from reference.convolution import convolve, convolve_backward
from reference.losses import nll as total_likelihood
from reference.losses import nll_gradient
from reference.pooling import average_pool, average_pool_backward, max_pool, max_pool_backward


def softmax_jacobian(z: Array) -> Array:
    """J[k, j] = dp_k / dz_j = p_k (1[k=j] - p_j), (C,) -> (C, C)."""
    return softmaxes.softmax_jacobian(z)


def nll(yhat: Array, y: Labels) -> float:
    """-sum_n log yhat[n, y_n]: the total."""
    return total_likelihood(yhat, y)


def nll_grad(yhat: Array, y: Labels) -> Array:
    """-1[j = y_n] / yhat[n, j], (N, C)."""
    return nll_gradient(yhat, y)


def avg_pool1d(x: Array, W: int) -> Array:
    """y_i = 1/W sum_{k=0..W-1} x_{i+k}, (n,) -> (n-W+1,)."""
    return average_pool(x, W)


def avg_pool1d_backward(dy: Array, n: int, W: int) -> Array:
    """dx_j = 1/W sum of dy_i over the windows i that hold j, (n-W+1,) -> (n,)."""
    return average_pool_backward(dy, n, W)


def max_pool1d(x: Array, W: int) -> Array:
    """y_i = max_{k=0..W-1} x_{i+k}, (n,) -> (n-W+1,)."""
    return max_pool(x, W)


def max_pool1d_backward(dy: Array, x: Array, W: int) -> Array:
    """dx_j = sum of dy_i over the windows whose first maximum is at j, (n-W+1,) -> (n,)."""
    return max_pool_backward(dy, x, W)


def max_pool1d_backward_last(dy: Array, x: Array, W: int) -> Array:
    """The same with the last maximum of each window: accepted."""
    return max_pool_backward(dy[::-1], x[::-1], W)[::-1]


def max_pool1d_backward_shared(dy: Array, x: Array, W: int) -> Array:
    """The same with equal shares for equal entries: accepted."""
    dx = np.zeros_like(x)
    for i, window in enumerate(sliding_window_view(x, W)):
        winners = window == window.max()
        dx[i : i + W] += dy[i] * winners / winners.sum()
    return dx


def window_differences(x: Array, W: int) -> Array:
    """Differences of all pairs within each window: where one changes its sign, another entry becomes the maximum."""
    windows = sliding_window_view(x, W)
    one, other = np.triu_indices(W, 1)
    return np.asarray(windows[:, one] - windows[:, other])


def conv1d(x: Array, w: Array) -> Array:
    """y_i = sum_{k=-1..1} x_{i-k} w_k with x = 0 outside; w_k is stored at w[k+1]."""
    return convolve(x, w)


def conv1d_backward(dy: Array, x: Array, w: Array) -> tuple[Array, Array]:
    """dx_j = sum_i dy_i w_{i-j}, dw_k = sum_i dy_i x_{i-k}: (n,), (3,)."""
    return convolve_backward(dy, x, w)
