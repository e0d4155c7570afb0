import numpy as np


def softmax_jacobian(z):
    C = len(z)
    m = np.max(z)
    e = np.exp(z - m)
    s = 0
    for k in range(C):
        s = s + e[k]
    p = e / s
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = p[k] * (1 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    # J = np.diag(p) - p.reshape(-1, 1) * p   same thing
    return J


def nll(yhat, y):
    N, C = yhat.shape
    L = 0
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                L = L - np.log(yhat[i, j])
    return L


def nll_grad(yhat, y):
    N, C = yhat.shape
    g = np.zeros((N, C))
    for i in range(N):
        g[i, y[i]] = -1 / yhat[i, y[i]]
    return g


def avg_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    # for i in range(n - W + 1):
    #     for k in range(W):
    #         y[i] += x[i + k] / W
    for k in range(W):
        y = y + x[k:k + n - W + 1]
    y = y / W
    return y


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for j in range(n):
        first = max(0, j - W + 1)
        last = min(j, n - W)
        tot = 0
        for i in range(first, last + 1):
            tot += dy[i]
        dx[j] = tot / W
    return dx


def max_pool1d(x, W):
    n = len(x)
    y = np.array(x[:n - W + 1], dtype=float)
    for i in range(n - W + 1):
        for k in range(1, W):
            if x[i + k] > y[i]:
                y[i] = x[i + k]
    return y


def max_pool1d_backward(dy, x, W):
    n = len(x)
    y = max_pool1d(x, W)
    dx = np.zeros(n)
    for i in range(n - W + 1):
        for k in range(W):
            if x[i + k] == y[i]:
                dx[i + k] += dy[i]
                break
    return dx


def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        for k in [-1, 0, 1]:
            if i - k >= 0 and i - k < n:
                y[i] += x[i - k] * w[k + 1]
    # y = np.convolve(x, w, "same")
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    for j in range(n):
        for i in range(j - 1, j + 2):
            if 0 <= i < n:
                dx[j] += dy[i] * w[i - j + 1]
    dw = np.zeros(3)
    # this one I could vectorise
    dw[0] = np.sum(dy[:-1] * x[1:])
    dw[1] = np.sum(dy * x)
    dw[2] = np.sum(dy[1:] * x[:-1])
    return dx, dw
