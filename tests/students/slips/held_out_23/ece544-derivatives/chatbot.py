"""Executable versions of five pencil-and-paper derivations.

Every forward function is accompanied by its derivative. All functions are pure: they never
modify their arguments and always return freshly allocated arrays.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np

KERNEL_SIZE = 3
KERNEL_CENTER = 1


def _stable_softmax(z: np.ndarray) -> np.ndarray:
    """Compute the softmax of a vector, shifted by its maximum for numerical stability."""
    shifted = z - np.max(z)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials)


def _check_window(length: int, W: int) -> int:
    """Validate the window length and return the number of windows."""
    if not 1 <= W <= length:
        raise ValueError(f"Window length must be between 1 and {length}, got {W}")
    return length - W + 1


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    """Return J with J[k, j] = d p[k] / d z[j].

    The formula is p[k] * (delta_kj - p[j]).
    """
    p = _stable_softmax(np.asarray(z, dtype=np.float64))
    identity = np.eye(p.shape[0])
    return p[:, np.newaxis] * (identity - p[np.newaxis, :])


def nll(yhat: np.ndarray, y: np.ndarray) -> float:
    """Return the total negative log likelihood of the labels."""
    num_examples = yhat.shape[0]
    if y.shape[0] != num_examples:
        raise ValueError("yhat and y must contain the same number of examples")
    label_probabilities = yhat[np.arange(num_examples), y]
    return float(-np.log(label_probabilities).sum())


def nll_grad(yhat: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the derivative of :func:`nll` with respect to the probabilities."""
    num_examples, num_classes = yhat.shape
    is_label = y[:, np.newaxis] == np.arange(num_classes)[np.newaxis, :]
    # Only the entry of the true class contributes to the loss.
    return np.where(is_label, -1.0 / yhat, 0.0)


def avg_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    """Average pooling with stride one, computed with cumulative sums."""
    _check_window(x.shape[0], W)
    prefix = np.concatenate(([0.0], np.cumsum(x)))
    window_sums = prefix[W:] - prefix[:-W]
    return window_sums / W


def avg_pool1d_backward(dy: np.ndarray, n: int, W: int) -> np.ndarray:
    """Distribute every upstream gradient equally over its window."""
    num_windows = _check_window(n, W)
    dx = np.zeros(n, dtype=np.float64)
    for offset in range(W):
        dx[offset : offset + num_windows] += dy / W
    return dx


def max_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    """Maximum pooling with stride one."""
    num_windows = _check_window(x.shape[0], W)
    result = np.full(num_windows, -np.inf)
    for offset in range(W):
        result = np.maximum(result, x[offset : offset + num_windows])
    return result


def max_pool1d_backward(dy: np.ndarray, x: np.ndarray, W: int) -> np.ndarray:
    """Route every upstream gradient to the first maximum of its own window."""
    num_windows = _check_window(x.shape[0], W)
    dx = np.zeros(x.shape[0], dtype=np.float64)
    for start in range(num_windows):
        window = x[start : start + W]
        winner = start + int(np.argmax(window))
        dx[winner] += dy[start]
    return dx


def conv1d(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """True convolution (kernel flipped) with zero padding; output has the length of ``x``."""
    n = x.shape[0]
    y = np.zeros(n, dtype=np.float64)
    for i in range(n):
        for tap in range(KERNEL_SIZE):
            source = i - (tap - KERNEL_CENTER)
            if 0 <= source < n:
                y[i] += x[source] * w[tap]
    return y


def conv1d_backward(
    dy: np.ndarray, x: np.ndarray, w: np.ndarray
) -> Tuple[np.ndarray, np.ndarray]:
    """Return the derivatives of the convolution with respect to the signal and the kernel."""
    n = x.shape[0]
    # The adjoint of a convolution is a correlation with the same kernel.
    padded_dy = np.pad(dy, KERNEL_CENTER)
    dx = sum(w[tap] * padded_dy[tap : tap + n] for tap in range(KERNEL_SIZE))
    padded_x = np.pad(x, KERNEL_CENTER)
    dw = np.array(
        [np.dot(dy, padded_x[KERNEL_SIZE - 1 - tap : KERNEL_SIZE - 1 - tap + n]) for tap in range(KERNEL_SIZE)]
    )
    return dx, dw
