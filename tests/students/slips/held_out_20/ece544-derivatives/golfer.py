import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as V


def softmax_jacobian(z): return (p := (e := np.exp(z - z.max())) / e.sum())[:, None] * (np.eye(len(p)) - p)


def nll(yhat, y): return -np.log(yhat[range(len(y)), y]).sum()


def nll_grad(yhat, y): return -1.0 * (np.arange(yhat.shape[1]) == y[:, None]) / yhat


def avg_pool1d(x, W): return np.convolve(x, np.full(W, 1 / W), "valid")


def avg_pool1d_backward(dy, n, W): return np.convolve(dy, np.full(W, 1 / W))


def max_pool1d(x, W): return V(x, W).max(1)


def max_pool1d_backward(dy, x, W):
    np.add.at(g := np.zeros(len(x)), np.arange(len(dy)) + V(x, W).argmax(1), dy)
    return g


def conv1d(x, w): return V(np.pad(x, 1), 3) @ w[::-1]


def conv1d_backward(dy, x, w): return V(np.pad(dy, 1), 3) @ w, (V(np.pad(x, 1), 3).T @ dy)[::-1]
