import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as view


def softmax_jacobian(z):
    p = (e := np.exp(z - z.max())) / e.sum()
    np.negative(J := np.multiply.outer(p, p), out=J)
    J.flat[:: len(z) + 1] += p
    return J


def nll(yhat, y):
    return -np.log(yhat[(r := range(len(y))), y]).sum()


def nll_grad(yhat, y):
    np.put_along_axis(g := np.zeros_like(yhat), c := y[:, None], -1 / np.take_along_axis(yhat, c, 1), 1)
    return g


def avg_pool1d(x, W):
    return np.add.reduce(view(x, W), axis=1) / W


def avg_pool1d_backward(dy, n, W):
    return np.convolve(dy, [1 / W] * W)


def max_pool1d(x, W):
    return np.maximum.reduce(view(x, W), axis=1)


def max_pool1d_backward(dy, x, W):
    np.add.at(d := np.zeros(len(x)), view(x, W).argmax(1) + np.arange(len(dy)), dy)
    return d


def conv1d(x, w):
    return view(np.pad(x, 1), 3) @ w[::-1]


def conv1d_backward(dy, x, w):
    return view(np.pad(dy, 1), 3) @ w, (dy @ view(np.pad(x, 1), 3))[::-1]
