"""True 1-D convolution of the same size: zeros outside the input, an odd kernel whose middle entry has index 0."""

import numpy as np

from reference.arrays import Array


def convolve(x: Array, w: Array) -> Array:
    """y_i = sum_{k=-m..m} x_{i-k} w_k, x (n,) and w (2m+1,) -> (n,); w_k is stored at w[k+m]."""
    reach = _reach(w)
    length = len(x)
    padded = np.pad(x, reach)
    y = np.zeros(length)
    for k in range(-reach, reach + 1):
        y += padded[reach - k : reach - k + length] * w[k + reach]
    return y


def convolve_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array]:
    """dx_j = sum_i dout_i w_{i-j} for |i-j| <= m; dw_k = sum_i dout_i x_{i-k}; dout (n,) -> (n,), (2m+1,)."""
    reach = _reach(w)
    length = len(x)
    padded_x, padded_dout = np.pad(x, reach), np.pad(dout, reach)
    dx, dw = np.zeros(length), np.zeros_like(w)
    for k in range(-reach, reach + 1):
        dx += padded_dout[reach + k : reach + k + length] * w[k + reach]
        dw[k + reach] = dout @ padded_x[reach - k : reach - k + length]
    return dx, dw


def _reach(w: Array) -> int:
    if len(w) % 2 == 0:
        raise ValueError(f"a kernel has an odd length, so that it has a middle; this one has {len(w)} entries")
    return len(w) // 2
