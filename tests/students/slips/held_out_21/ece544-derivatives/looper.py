import math

import numpy as np


def softmax_jacobian(z):
    C = len(z)
    m = max(z)
    e = [math.exp(z[k] - m) for k in range(C)]
    S = 0.0
    for k in range(C):
        S += e[k]
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = (e[k] * S - e[k] * e[j]) / (S * S)
            else:
                J[k, j] = -e[k] * e[j] / (S * S)
    return J


def nll(yhat, y):
    total = 0.0
    for i in range(len(y)):
        total -= math.log(yhat[i, y[i]])
    return total


def nll_grad(yhat, y):
    N, C = yhat.shape
    g = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                g[i, j] = -1.0 / yhat[i, j]
    return g


def avg_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    for i in range(n - W + 1):
        for k in range(W):
            y[i] += x[i + k] / W
    return y


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for j in range(n):
        for i in range(n - W + 1):
            if i <= j <= i + W - 1:
                dx[j] += dy[i] / W
    return dx


def max_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    for i in range(n - W + 1):
        largest = x[i]
        for k in range(1, W):
            if x[i + k] > largest:
                largest = x[i + k]
        y[i] = largest
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
        for k in range(-1, 2):
            if 0 <= i - k and i - k < n:
                y[i] += x[i - k] * w[k + 1]
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    dw = np.zeros(3)
    for j in range(n):
        for i in range(max(0, j - 1), min(n, j + 2)):
            dx[j] += dy[i] * w[i - j + 1]
            dw[i - j + 1] += dy[i] * x[j]
    return dx, dw
