import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as windows


def softmax_jacobian(z):
    p = np.exp(z - np.logaddexp.reduce(z))
    return p[:, None] * (np.eye(p.size) - p)


def nll(yhat, y):
    return -np.log(np.take_along_axis(yhat, y[:, None], 1)).sum()


def nll_grad(yhat, y):
    hit = y[:, None] == np.arange(yhat.shape[1])
    return np.where(hit, -1 / np.where(hit, yhat, 1), 0.)


def _box(W):
    return np.ones(W) / W


def avg_pool1d(x, W):
    return np.convolve(x, _box(W), "valid")


def avg_pool1d_backward(dy, n, W):
    return np.convolve(dy, _box(W), "full")


def max_pool1d(x, W):
    return windows(x, W).max(-1)


def max_pool1d_backward(dy, x, W):
    j = windows(x, W).argmax(-1) + np.arange(x.size - W + 1)
    return np.bincount(j, dy, x.size)


def conv1d(x, w):
    left, right = np.r_[0., x[:-1]], np.r_[x[1:], 0.]
    return w @ np.stack([right, x, left])


def conv1d_backward(dy, x, w):
    dx = np.correlate(dy, w, "same")
    dw = np.array([dy[:-1] @ x[1:], dy @ x, dy[1:] @ x[:-1]])
    return dx, dw
