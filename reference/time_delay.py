"""A time-delay layer: units that see a window of some frames of all units below, the same weights at every time.

Waibel et al., "Phoneme recognition using time-delay neural networks", IEEE Trans. ASSP 37 (1989). D units below, H
above, L frames, a window of W, V = L - W + 1 places of it. The entry k of a window belongs to frame t + k: nothing is
turned round.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from reference.arrays import Array


def delayed(x: Array, w: Array, b: Array) -> Array:
    """y[n, h, t] = b[h] + sum_{d, k} w[h, d, k] x[n, d, t + k]; x (N, D, L), w (H, D, W), b (H,) -> (N, H, V)."""
    return np.asarray(np.einsum("ndtk,hdk->nht", _windows(x, w), w) + b[:, None])


def delayed_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    """dout (N, H, V) -> derivatives by x (N, D, L), w (H, D, W) and b (H,), summed over the batch and over time."""
    dx = np.zeros_like(x)
    places = dout.shape[2]
    for k in range(w.shape[2]):
        dx[:, :, k : k + places] += np.einsum("nht,hd->ndt", dout, w[:, :, k])
    return dx, np.einsum("nht,ndtk->hdk", dout, _windows(x, w)), dout.sum(axis=(0, 2))


def _windows(x: Array, w: Array) -> Array:
    """(N, D, V, W)."""
    return sliding_window_view(x, w.shape[2], axis=2)
