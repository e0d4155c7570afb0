import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def softmax_jacobian(z):
    n = z.size
    p = np.exp(z - z.max())
    p /= p.sum()
    J = np.multiply.outer(p, -p)
    J.ravel()[:: n + 1] += p
    return J


def nll(yhat, y):
    n, c = yhat.shape
    return -np.log(yhat.ravel()[np.arange(n) * c + y]).sum()


def nll_grad(yhat, y):
    i = y[:, None]
    g = np.zeros(yhat.shape)
    np.put_along_axis(g, i, -1.0 / np.take_along_axis(yhat, i, 1), 1)
    return g


def avg_pool1d(x, W):
    n = len(x)
    s = np.empty(n + 1)
    s[0] = 0.0
    np.cumsum(x, out=s[1:])
    return (s[W:] - s[:-W]) / W


def avg_pool1d_backward(dy, n, W):
    d = np.zeros(n + 1)  # difference array
    m = n - W + 1
    d[:m] += dy
    d[W : W + m] -= dy
    return np.cumsum(d)[:n] / W


def _win(x, W):
    x = np.ascontiguousarray(x, dtype=float)
    s = x.strides[0]
    return as_strided(x, (x.size - W + 1, W), (s, s), writeable=False)


def max_pool1d(x, W):
    return _win(x, W).max(1)


def max_pool1d_backward(dy, x, W):
    v = _win(x, W)
    j = v.argmax(1)
    j += np.arange(j.size)
    return np.bincount(j, weights=dy, minlength=len(x))


def conv1d(x, w):
    e = np.zeros(x.size + 2)
    e[1:-1] = x
    return sliding_window_view(e, 3) @ w[::-1]


def conv1d_backward(dy, x, w):
    n = x.size
    e = np.zeros(n + 2)
    e[1:-1] = dy
    dx = sliding_window_view(e, 3) @ w
    e[1:-1] = x
    dw = (dy @ sliding_window_view(e, 3))[::-1].copy()
    return dx, dw
