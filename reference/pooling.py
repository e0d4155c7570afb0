"""Average and maximum pooling over the last axis with a window of W entries and stride 1."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reference.arrays import Array


def average_pool(x: Array, window: int) -> Array:
    """y_i = 1/W sum_{k=0..W-1} x_{i+k}, (..., n) -> (..., n-W+1)."""
    y: Array = _windows(x, window).mean(axis=-1)
    return y


def average_pool_backward(dout: Array, length: int, window: int) -> Array:
    """dx_j = 1/W sum of dout_i over i <= j <= i+W-1, (..., n-W+1) -> (..., n) with n = length."""
    dx = np.zeros((*dout.shape[:-1], length))
    count = dout.shape[-1]
    for offset in range(window):
        dx[..., offset : offset + count] += dout / window
    return dx


def max_pool(x: Array, window: int) -> Array:
    """y_i = max_{k=0..W-1} x_{i+k}, (..., n) -> (..., n-W+1)."""
    y: Array = _windows(x, window).max(axis=-1)
    return y


def max_pool_backward(dout: Array, x: Array, window: int) -> Array:
    """dx_j = sum of dout_i over the windows i whose maximum is at j; of equal entries the first one counts."""
    winners = _windows(x, window).argmax(axis=-1)
    dx = np.zeros_like(x)
    count = dout.shape[-1]
    for offset in range(window):
        dx[..., offset : offset + count] += dout * (winners == offset)
    return dx


def _windows(x: Array, window: int) -> Array:
    if not 1 <= window <= x.shape[-1]:
        raise ValueError(f"a window of {window} does not fit a length of {x.shape[-1]}")
    return sliding_window_view(x, window, axis=-1)
