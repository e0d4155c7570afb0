"""No Python loop over the signal: strided views, bincount, fused products."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def softmax_jacobian(z):
    p = z - z.max()
    np.exp(p, out=p)
    p *= 1.0 / p.sum()
    J = np.multiply.outer(p, -p)
    J.flat[:: p.size + 1] += p
    return J


def nll(yhat, y):
    n, c = yhat.shape
    return -np.log(yhat.ravel()[np.arange(0, n * c, c) + y]).sum()


def nll_grad(yhat, y):
    n, c = yhat.shape
    g = np.zeros(n * c)
    at = np.arange(0, n * c, c) + y
    g[at] = -1.0 / yhat.ravel()[at]
    return g.reshape(n, c)


def avg_pool1d(x, W):
    return sliding_window_view(x, W).mean(-1)


def avg_pool1d_backward(dy, n, W):
    return np.convolve(dy, np.full(W, 1.0 / W))


def max_pool1d(x, W):
    y = x[: x.size - W + 1].copy()
    for k in range(1, W):
        np.maximum(y, x[k : k + y.size], out=y)
    return y


def max_pool1d_backward(dy, x, W):
    at = sliding_window_view(x, W).argmax(-1)
    at += np.arange(dy.size)
    return np.bincount(at, weights=dy, minlength=x.size)


def conv1d(x, w):
    y = x * w[1]
    y[:-1] += x[1:] * w[0]
    y[1:] += x[:-1] * w[2]
    return y


def conv1d_backward(dy, x, w):
    dx = dy * w[1]
    dx[1:] += dy[:-1] * w[0]
    dx[:-1] += dy[1:] * w[2]
    return dx, np.array([dy[:-1] @ x[1:], dy @ x, dy[1:] @ x[:-1]])
