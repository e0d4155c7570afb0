"""Style: a table of window indices, slices shifted by one offset at a time, and padded signals for the convolution."""

import numpy as np


def softmax(z):
    # subtract the biggest logit, so exp() cannot overflow
    shifted = z - np.max(z)
    exps = np.exp(shifted)
    return exps / np.sum(exps)


def softmax_jacobian(z):
    p = softmax(z)
    C = p.shape[0]
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = p[k] * (1 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    return J


def label_mask(y, C):
    # True at (i, y[i])
    return y[:, None] == np.arange(C)[None, :]


def nll(yhat, y):
    picked = np.take_along_axis(yhat, y[:, None], axis=1)
    return -np.sum(np.log(picked))


def nll_grad(yhat, y):
    mask = label_mask(y, yhat.shape[1])
    grad = np.zeros(yhat.shape)
    # only the probability of the label is in the loss
    grad[mask] = -1.0 / yhat[mask]
    return grad


def window_table(n, W):
    """Row i holds the indices i, i + 1, ..., i + W - 1 of window i."""
    starts = np.arange(n - W + 1)
    offsets = np.arange(W)
    return starts[:, None] + offsets[None, :]


def avg_pool1d(x, W):
    idx = window_table(len(x), W)
    windows = x[idx]
    return windows.sum(axis=1) / W


def avg_pool1d_backward(dy, n, W):
    m = len(dy)
    share = dy / W
    dx = np.zeros(n)
    # entry i + k lies in window i, so for each offset k all windows are added at once
    for k in range(W):
        dx[k : k + m] += share
    return dx


def max_pool1d(x, W):
    m = len(x) - W + 1
    best = x[:m].copy()
    for k in range(1, W):
        np.maximum(best, x[k : k + m], out=best)
    return best


def max_pool1d_backward(dy, x, W):
    n = len(x)
    dx = np.zeros(n)
    for i in range(n - W + 1):
        # look for the first largest entry of the window x[i] ... x[i+W-1]
        top = i
        for j in range(i + 1, i + W):
            if x[j] > x[top]:
                top = j
        dx[top] += dy[i]
    return dx


def conv1d(x, w):
    y = w[1] * x
    # the neighbour on the right, which the last entry doesn't have
    y[:-1] += w[0] * x[1:]
    # the neighbour on the left, which the first entry doesn't have
    y[1:] += w[2] * x[:-1]
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    x_pad = np.pad(x, 1)
    dx_pad = np.zeros(n + 2)
    dw = np.zeros(3)
    flipped = w[::-1]
    for i in range(n):
        # y[i] = x[i-1] w[2] + x[i] w[1] + x[i+1] w[0]; x[i-1] is x_pad[i]
        window = x_pad[i : i + 3]
        dw += dy[i] * window[::-1]
        dx_pad[i : i + 3] += dy[i] * flipped
    # what went to the zeros outside is dropped
    dx = dx_pad[1:-1]
    return dx, dw
