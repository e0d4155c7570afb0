"""Derivations of ECE 544NA expressed as linear maps.

Average pooling and convolution are linear, so that their forward pass is a matrix and the backward pass its transpose.
Maximum pooling keeps the indices of the maxima in a monotone queue, which needs a single sweep over the signal.
"""

from __future__ import annotations

import operator
from collections import deque
from functools import lru_cache

import numpy as np


def _vector(values, name: str) -> np.ndarray:
    """Return a float64 vector or raise ValueError."""
    vector = np.asarray(values, dtype=np.float64)
    if vector.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, got shape {vector.shape}")
    return vector


def _window(W, n: int) -> int:
    """Return the window's length as a plain int or raise ValueError."""
    width = operator.index(W)
    if not 1 <= width <= n:
        raise ValueError(f"W must lie between 1 and {n}, got {width}")
    return width


def _check_likelihood(yhat, y):
    """Validate probabilities and class numbers."""
    probabilities = np.asarray(yhat, dtype=np.float64)
    labels = np.asarray(y, dtype=np.int64).reshape(-1)
    if probabilities.ndim != 2 or probabilities.shape[0] != labels.shape[0]:
        raise ValueError("yhat must be (N, C) and y (N,)")
    if labels.size and (labels.min() < 0 or labels.max() >= probabilities.shape[1]):
        raise ValueError("class number out of range")
    return probabilities, labels


def softmax_jacobian(z):
    """Jacobian of the softmax at the logits z."""
    logits = _vector(z, "z")
    weights = np.exp(logits - np.amax(logits))
    probabilities = np.divide(weights, weights.sum())
    jacobian = np.negative(np.outer(probabilities, probabilities))
    jacobian[np.diag_indices_from(jacobian)] += probabilities
    return jacobian


def nll(yhat, y):
    """Total negative log likelihood."""
    probabilities, labels = _check_likelihood(yhat, y)
    mask = np.zeros(probabilities.shape, dtype=bool)
    mask[np.arange(labels.size), labels] = True
    logs = np.log(probabilities, out=np.zeros_like(probabilities), where=mask)
    return float(np.negative(logs.sum()))


def nll_grad(yhat, y):
    """Derivative of the total negative log likelihood by the probabilities."""
    probabilities, labels = _check_likelihood(yhat, y)
    one_hot = np.zeros_like(probabilities)
    np.put_along_axis(one_hot, labels[:, None], 1.0, axis=1)
    gradient = np.zeros_like(probabilities)
    np.divide(-one_hot, probabilities, out=gradient, where=one_hot > 0)
    return gradient


@lru_cache(maxsize=32)
def _pooling_matrix(n: int, width: int) -> np.ndarray:
    """The (n - width + 1, n) matrix of average pooling."""
    starts = np.arange(n - width + 1)[:, None]
    columns = np.arange(n)[None, :]
    inside = (columns >= starts) & (columns < starts + width)
    matrix = inside / width
    matrix.setflags(write=False)
    return matrix


def avg_pool1d(x, W):
    """Mean of every window."""
    signal = _vector(x, "x")
    width = _window(W, signal.size)
    return _pooling_matrix(signal.size, width) @ signal


def avg_pool1d_backward(dy, n, W):
    """Transpose of the pooling matrix applied to the upstream gradient."""
    length = operator.index(n)
    width = _window(W, length)
    upstream = _vector(dy, "dy")
    if upstream.size != length - width + 1:
        raise ValueError("dy must have n - W + 1 entries")
    return _pooling_matrix(length, width).T @ upstream


def _argmax_of_windows(signal: np.ndarray, width: int) -> np.ndarray:
    """Index in the signal of each window's first maximum."""
    queue: deque[int] = deque()
    found = []
    for end, value in enumerate(signal):
        # An earlier entry stays only while it is at least as large.
        while queue and signal[queue[-1]] < value:
            queue.pop()
        queue.append(end)
        if queue[0] <= end - width:
            queue.popleft()
        if end >= width - 1:
            found.append(queue[0])
    return np.array(found, dtype=np.intp)


def max_pool1d(x, W):
    """Largest entry of every window."""
    signal = _vector(x, "x")
    return signal[_argmax_of_windows(signal, _window(W, signal.size))]


def max_pool1d_backward(dy, x, W):
    """Route each upstream entry to the maximum of its window."""
    signal, upstream = _vector(x, "x"), _vector(dy, "dy")
    indices = _argmax_of_windows(signal, _window(W, signal.size))
    if upstream.shape != indices.shape:
        raise ValueError("dy must have n - W + 1 entries")
    gradient = np.zeros_like(signal)
    np.add.at(gradient, indices, upstream)
    return gradient


def _kernel_matrix(kernel: np.ndarray, n: int) -> np.ndarray:
    """Tridiagonal matrix M with conv1d(x, w) = M x."""
    if kernel.shape != (3,):
        raise ValueError("w must have three entries")
    ahead, middle, behind = kernel
    return middle * np.eye(n) + ahead * np.eye(n, k=1) + behind * np.eye(n, k=-1)


def conv1d(x, w):
    """Convolution with a kernel of three entries, the signal padded with zeros."""
    signal = _vector(x, "x")
    return _kernel_matrix(_vector(w, "w"), signal.size) @ signal


def conv1d_backward(dy, x, w):
    """Derivatives of the convolution by the signal and by the kernel."""
    upstream, signal, kernel = _vector(dy, "dy"), _vector(x, "x"), _vector(w, "w")
    if upstream.shape != signal.shape:
        raise ValueError("dy and x must have the same length")
    by_signal = _kernel_matrix(kernel, signal.size).T @ upstream
    padded = np.pad(signal, 1)
    shifted = np.stack([padded[2:], signal, padded[:-2]])
    return by_signal, shifted @ upstream
