"""Five textbook derivations and their derivatives.

The module contains the Jacobian of the softmax, the negative log likelihood,
average pooling, maximum pooling and convolution in one dimension, each together
with its analytic derivative. All functions are pure: no argument is modified.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np

KERNEL_OFFSETS: Tuple[int, int, int] = (-1, 0, 1)
KERNEL_LENGTH: int = len(KERNEL_OFFSETS)


def _stable_softmax(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of a vector of logits, shifted by its maximum."""
    shifted = logits - np.amax(logits)
    exponentials = np.exp(shifted)
    normaliser = np.sum(exponentials)
    return exponentials / normaliser


def _check_window(signal_length: int, window: int) -> int:
    """Return the number of windows; raise ``ValueError`` for an impossible window."""
    if not 1 <= window <= signal_length:
        raise ValueError(f"window {window} does not fit a signal of length {signal_length}")
    return signal_length - window + 1


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    """Return the Jacobian of the softmax.

    Parameters
    ----------
    z : np.ndarray, shape (C,)
        Logits.

    Returns
    -------
    np.ndarray, shape (C, C)
        Entry ``[k, j]`` is ``p[k] * (1[k == j] - p[j])``.
    """
    probabilities = _stable_softmax(np.asarray(z, dtype=np.float64))
    num_classes = probabilities.shape[0]
    indicator = np.eye(num_classes)
    return probabilities[:, np.newaxis] * (indicator - probabilities[np.newaxis, :])


def nll(yhat: np.ndarray, y: np.ndarray) -> float:
    """Return the total negative log likelihood of the labels ``y``."""
    num_examples = yhat.shape[0]
    if y.shape[0] != num_examples:
        raise ValueError("yhat and y disagree on the number of examples")
    label_probabilities = yhat[np.arange(num_examples), y]
    log_likelihoods = np.log(label_probabilities)
    return float(-np.sum(log_likelihoods))


def nll_grad(yhat: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the derivative of :func:`nll` by the probabilities."""
    num_examples, num_classes = yhat.shape
    one_hot = np.zeros((num_examples, num_classes))
    one_hot[np.arange(num_examples), y] = 1.0
    return -np.divide(one_hot, yhat, out=np.zeros_like(one_hot), where=one_hot > 0)


def avg_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    """Return the mean of each window of ``W`` neighbouring entries."""
    num_windows = _check_window(x.shape[0], W)
    window_sum = np.zeros(num_windows)
    for offset in range(W):
        window_sum += x[offset : offset + num_windows]
    return window_sum / W


def avg_pool1d_backward(dy: np.ndarray, n: int, W: int) -> np.ndarray:
    """Return the derivative by the input of :func:`avg_pool1d`."""
    num_windows = _check_window(n, W)
    dx = np.zeros(n)
    for offset in range(W):
        dx[offset : offset + num_windows] += dy
    return dx / W


def max_pool1d(x: np.ndarray, W: int) -> np.ndarray:
    """Return the largest entry of each window of ``W`` neighbouring entries."""
    num_windows = _check_window(x.shape[0], W)
    running_maximum = x[:num_windows].astype(np.float64)
    for offset in range(1, W):
        running_maximum = np.maximum(running_maximum, x[offset : offset + num_windows])
    return running_maximum


def max_pool1d_backward(dy: np.ndarray, x: np.ndarray, W: int) -> np.ndarray:
    """Return the derivative by the input of :func:`max_pool1d`.

    The first of several equal maxima receives the whole gradient.
    """
    num_windows = _check_window(x.shape[0], W)
    best_value = x[:num_windows].astype(np.float64)
    best_index = np.arange(num_windows)
    for offset in range(1, W):
        candidate = x[offset : offset + num_windows]
        is_better = candidate > best_value
        best_value = np.where(is_better, candidate, best_value)
        best_index = np.where(is_better, np.arange(num_windows) + offset, best_index)
    dx = np.zeros(x.shape[0])
    for window_index, position in enumerate(best_index):
        dx[position] += dy[window_index]
    return dx


def conv1d(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the convolution of ``x`` with a centred kernel of three entries."""
    signal_length = x.shape[0]
    padded = np.pad(x, 1)
    y = np.zeros(signal_length)
    for position, k in enumerate(KERNEL_OFFSETS):
        start = 1 - k  # x[i - k] is padded[i + 1 - k]
        y += w[position] * padded[start : start + signal_length]
    return y


def conv1d_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Return the derivatives by the input and by the kernel of :func:`conv1d`."""
    signal_length = x.shape[0]
    padded = np.pad(x, 1)
    padded_dx = np.zeros(signal_length + 2)
    dw = np.zeros(KERNEL_LENGTH)
    for position, k in enumerate(KERNEL_OFFSETS):
        start = 1 - k
        padded_dx[start : start + signal_length] += w[position] * dy
        dw[position] = np.dot(dy, padded[start : start + signal_length])
    dx = padded_dx[1:-1].copy()
    return dx, dw


def _numerical_gradient(function, point, *, step=1e-6):
    """Central differences of a scalar function."""
    result = np.zeros_like(point)
    for index in range(point.size):
        up, down = point.copy(), point.copy()
        up[index] += step
        down[index] -= step
        result[index] = (function(up) - function(down)) / (2 * step)
    return result


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    demo_x, demo_w, demo_dy = rng.normal(size=8), rng.normal(size=3), rng.normal(size=8)
    analytic_dx, analytic_dw = conv1d_backward(demo_dy, demo_x, demo_w)
    print(np.abs(analytic_dx - _numerical_gradient(lambda v: demo_dy @ conv1d(v, demo_w), demo_x)).max())
    print(np.abs(analytic_dw - _numerical_gradient(lambda v: demo_dy @ conv1d(demo_x, v), demo_w)).max())
