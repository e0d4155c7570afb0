import math

import numpy as np

K_TAPS = 3
K_HALF = 1


class Window:
    """Window [start, start + width) of a pooling layer."""

    def __init__(self, start, width):
        self.start = int(start)
        self.width = int(width)

    def index(self, k):
        return self.start + k


def num_windows(n, W):
    return n - W + 1


def softmax_into(z, p):
    """p (out)"""
    top = z[0]
    for i in range(len(z)):
        if z[i] > top:
            top = z[i]
    total = 0.0
    for i in range(len(z)):
        p[i] = math.exp(z[i] - top)
        total += p[i]
    for i in range(len(z)):
        p[i] /= total


def softmax_jacobian(z):
    C = len(z)
    p = np.zeros(C)
    softmax_into(z, p)
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if j == k:
                J[k, j] = p[k] * (1.0 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    return J


def nll(yhat, y):
    acc = 0.0
    for i in range(len(y)):
        acc += math.log(yhat[i, y[i]])
    return -acc


def nll_grad(yhat, y):
    grad = np.zeros(yhat.shape)
    for i in range(yhat.shape[0]):
        for j in range(yhat.shape[1]):
            if y[i] == j:
                grad[i, j] = -1.0 / yhat[i, j]
    return grad


def avg_pool1d(x, W):
    out = np.zeros(num_windows(len(x), W))
    for i in range(len(out)):
        win = Window(i, W)
        acc = 0.0
        for k in range(win.width):
            acc += x[win.index(k)]
        out[i] = acc / W
    return out


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for i in range(len(dy)):
        share = dy[i] / W
        for k in range(W):
            dx[i + k] += share
    return dx


def max_pool1d(x, W):
    out = np.zeros(num_windows(len(x), W))
    for i in range(len(out)):
        best = x[i]
        for k in range(1, W):
            if x[i + k] > best:
                best = x[i + k]
        out[i] = best
    return out


def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        where = i
        for k in range(1, W):
            if x[i + k] > x[where]:
                where = i + k
        dx[where] += dy[i]
    return dx


def conv1d(x, w):
    n = len(x)
    out = np.zeros(n)
    for i in range(n):
        for tap in range(K_TAPS):
            src = i - (tap - K_HALF)
            if src >= 0 and src < n:
                out[i] += x[src] * w[tap]
    return out


def conv1d_backward_into(dy, x, w, dx, dw):
    """dx, dw (out): buffers of zeros."""
    n = len(x)
    for i in range(n):
        for tap in range(K_TAPS):
            src = i - tap + K_HALF
            if 0 <= src < n:
                dx[src] += dy[i] * w[tap]
                dw[tap] += dy[i] * x[src]


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(K_TAPS)
    conv1d_backward_into(dy, x, w, dx, dw)
    return dx, dw
