import math

import numpy as np
from numpy import array, zeros


# ---- softmax (adapted from "The Softmax function and its derivative") ----
def stable_softmax(vec):
    exps = np.exp(vec - np.max(vec))
    return exps / np.sum(exps)


def softmax_jacobian(z):
    s = stable_softmax(np.asarray(z)).reshape(-1, 1)
    num_classes = s.shape[0]
    assert s.shape == (num_classes, 1), "s should be a column"
    jac = np.diagflat(s) - np.dot(s, s.T)
    assert jac.shape == (num_classes, num_classes)
    return jac


# ---- cross entropy ----
def nll(yhat, y):
    def pick(probs, labels):
        m = labels.shape[0]
        return probs[range(m), labels.astype(int)]

    m, k = yhat.shape
    loss = 0.0
    for prob in pick(yhat, y).reshape(-1):
        loss += -math.log(prob)
    return float(loss)


def nll_grad(yhat, y):
    m, k = yhat.shape
    one_hot_y = zeros((y.size, k))
    one_hot_y[np.arange(y.size), y.ravel()] = 1
    grad = -(one_hot_y / yhat)
    assert grad.shape == yhat.shape
    return grad + 0.0


# ---- pooling: moving average with cumsum (Stack Overflow 14313510), the rest by ChatGPT ----
def avg_pool1d(x, W):
    ret = np.cumsum(np.insert(x.astype(np.longdouble), 0, 0))
    return ((ret[W:] - ret[:-W]) / W).astype(float)


def avg_pool1d_backward(dy, n, W):
    """Backward of average pooling: the gradient is distributed evenly over each window."""
    out_len = n - W + 1
    assert len(dy) == out_len, (len(dy), out_len)
    kernel = np.ones(W) / W
    dx = np.convolve(dy, kernel, mode="full")
    assert dx.shape[0] == n
    return dx.reshape(n)


def max_pool1d(x, W):
    windows = [list(x[s : s + W]) for s in range(0, x.shape[0] - W + 1)]
    out = []
    for win in windows:
        current_max = -math.inf
        for val in win:
            current_max = max(current_max, val)
        out.append(current_max)
    return array(out).reshape(-1)


def max_pool1d_backward(dy, x, W):
    dx = np.zeros_like(x)
    stride = 1
    n_windows = (x.shape[0] - W) // stride + 1
    for t in range(n_windows):
        start = t * stride
        end = start + W
        window = x[start:end]
        mask = np.zeros_like(window)
        mask[np.argmax(window)] = 1
        dx[start:end] += mask * dy[t]
    return dx


# ---- convolution (im2col from a cs231n post, 1-D) ----
def _im2col(signal, k=3):
    pad = k // 2
    padded = np.pad(signal, (pad, pad), mode="constant", constant_values=0)
    cols = np.zeros((signal.shape[0], k))
    for t in range(signal.shape[0]):
        cols[t, :] = padded[t : t + k]
    return cols


def conv1d(x, w):
    filt = w[::-1].reshape(-1, 1)  # flip: convolution, not correlation
    out = _im2col(x).dot(filt)
    return out.flatten()


def conv1d_backward(dy, x, w):
    dout = dy.reshape(-1, 1)
    cols = _im2col(x)
    d_filt = cols.T.dot(dout)
    dw = d_filt.flatten()[::-1]
    # the input gradient is a correlation of dy with w
    dcols = dout.dot(w[::-1].reshape(1, -1))
    dpadded = np.zeros(x.shape[0] + 2)
    for t in range(x.shape[0]):
        dpadded[t : t + 3] += dcols[t]
    dx = dpadded[1:-1]
    return dx, dw
