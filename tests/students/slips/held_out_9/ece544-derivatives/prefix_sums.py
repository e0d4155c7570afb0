"""Style: prefix sums for the means, sliding windows and bincount for the maxima, a shift helper for conv."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


# ---------- softmax ----------


def softmax(z):
    shifted = z - np.max(z)  # exp(1000) would overflow
    exps = np.exp(shifted)
    return exps / np.sum(exps)


def softmax_jacobian(z):
    p = softmax(z)
    # dp[k]/dz[j] = p[k] * (delta_kj - p[j])
    delta = np.eye(len(p))
    return p[:, np.newaxis] * (delta - p[np.newaxis, :])


# ---------- negative log likelihood ----------


def nll(yhat, y):
    picked = np.take_along_axis(yhat, y[:, np.newaxis], axis=1)  # (N, 1)
    return -np.log(picked).sum()


def nll_grad(yhat, y):
    cols = y[:, np.newaxis]
    p_true = np.take_along_axis(yhat, cols, axis=1)
    # only the label's probability appears in the loss
    grad = np.zeros_like(yhat)
    np.put_along_axis(grad, cols, -1.0 / p_true, axis=1)
    return grad


# ---------- average pooling ----------


def avg_pool1d(x, W):
    # running[i] = x[0] + ... + x[i-1], so a window's sum is a difference of two of them
    running = np.concatenate(([0.0], np.cumsum(x)))
    return (running[W:] - running[:-W]) / W


def avg_pool1d_backward(dy, n, W):
    share = dy / W
    # difference array: window i starts to give at x[i] and stops at x[i + W]
    steps = np.zeros(n + 1)
    steps[: n - W + 1] += share
    steps[W : n + 1] -= share
    return np.cumsum(steps)[:n]


# ---------- max pooling ----------


def max_pool1d(x, W):
    windows = sliding_window_view(x, W)  # (n - W + 1, W)
    return windows.max(axis=1)


def max_pool1d_backward(dy, x, W):
    offsets = np.argmax(sliding_window_view(x, W), axis=1)  # first one on a tie
    winners = np.arange(len(dy)) + offsets
    # bincount adds up when one x[j] wins several windows
    return np.bincount(winners, weights=dy, minlength=len(x))


# ---------- convolution ----------


def shift_right(v, k):
    """v[i - k] at place i, and 0 where that lies outside v."""
    out = np.zeros(len(v))
    if k > 0:
        out[k:] = v[:-k]
    elif k < 0:
        out[:k] = v[-k:]
    else:
        out[:] = v
    return out


def conv1d(x, w):
    y = np.zeros(len(x))
    for tap, k in enumerate((-1, 0, 1)):
        y += shift_right(x, k) * w[tap]
    return y


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(3)
    for tap, k in enumerate((-1, 0, 1)):
        # y[i] used x[i - k], so x[j] gets its share from y[j + k]
        dx += shift_right(dy, -k) * w[tap]
        dw[tap] = np.dot(dy, shift_right(x, k))
    return dx, dw
