"""ECE 544, Assignment 2, Part I.  Ported from my .m files (softmaxJac.m, nll.m, avgpool.m, maxpool.m, conv3.m).

Counters run from 1 to n as in MATLAB, and "-1" brings them down to Python's indices.
"""

import numpy as np


def softmax_jacobian(z):
    C = np.size(z)
    zcol = np.reshape(z, (C, 1))  # column vector
    zcol = zcol - np.max(zcol, axis=0)
    ecol = np.exp(zcol)
    p = ecol / np.sum(ecol, axis=0)
    J = np.zeros(shape=(C, C))
    for k in range(1, C + 1):
        for j in range(1, C + 1):
            if k == j:
                J[k - 1, j - 1] = p[k - 1, 0] * (1 - p[k - 1, 0])
            else:
                J[k - 1, j - 1] = -p[k - 1, 0] * p[j - 1, 0]
    return J


def nll(yhat, y):
    Phat = np.transpose(yhat)  # classes x examples, one example per column
    N = np.size(Phat, axis=1)
    C = np.size(Phat, axis=0)
    v = np.ravel(Phat, order="F")  # yhat(:)
    L = 0
    for i in range(1, N + 1):
        lin = (i - 1) * C + y[i - 1]  # sub2ind
        L = L - np.log(v[lin])
    return L


def nll_grad(yhat, y):
    N, C = np.shape(yhat)
    g = np.zeros(shape=(N * C, 1))
    v = np.reshape(yhat.T, (N * C, 1), order="F")
    for i in range(1, N + 1):
        lin = (i - 1) * C + y[i - 1]
        g[lin, 0] = -1 / v[lin, 0]
    return np.reshape(g, (C, N), order="F").T


def avg_pool1d(x, W):
    n = np.size(x)
    m = n - W + 1
    y = np.zeros(shape=(m, 1))
    xc = np.reshape(x, (n, 1))
    for i in range(1, m + 1):
        first = i
        last = i + W - 1
        y[i - 1, 0] = np.sum(xc[first - 1 : last, 0]) / W
    return y[:, 0]


def avg_pool1d_backward(dy, n, W):
    m = n - W + 1
    # pooling is y = A x with a banded A, so dx = A' dy
    A = np.zeros(shape=(m, n))
    for i in range(1, m + 1):
        for j in range(1, n + 1):
            if j >= i and j <= i + W - 1:
                A[i - 1, j - 1] = 1 / W
    dycol = np.reshape(dy, (m, 1))
    dxcol = np.dot(A.T, dycol)
    return dxcol[:, 0]


def max_pool1d(x, W):
    n = np.size(x)
    m = n - W + 1
    y = np.zeros(shape=m)
    for i in range(1, m + 1):
        best = x[i - 1]
        for k in range(2, W + 1):
            if x[i - 1 + k - 1] > best:
                best = x[i - 1 + k - 1]
        y[i - 1] = best
    return y


def max_pool1d_backward(dy, x, W):
    n = np.size(x)
    m = np.size(dy)
    dx = np.zeros(shape=n)
    for i in range(1, m + 1):
        where = i
        for j in range(i + 1, i + W):
            if x[j - 1] > x[where - 1]:
                where = j
        dx[where - 1] = dx[where - 1] + dy[i - 1]
    return dx


def conv1d(x, w):
    n = np.size(x)
    y = np.zeros(shape=n)
    for i in range(1, n + 1):
        acc = 0
        for k in range(-1, 2):
            j = i - k
            if j >= 1 and j <= n:
                acc = acc + x[j - 1] * w[k + 1]
        y[i - 1] = acc
    return y


def conv1d_backward(dy, x, w):
    n = np.size(x)
    # y = T(w) x  with T Toeplitz, and  y = X w  with X made of shifted copies of x
    T = np.zeros(shape=(n, n))
    X = np.zeros(shape=(n, 3))
    for i in range(1, n + 1):
        for j in range(1, n + 1):
            if abs(i - j) <= 1:
                T[i - 1, j - 1] = w[i - j + 1]
                X[i - 1, i - j + 1] = x[j - 1]
    dycol = np.reshape(dy, (n, 1))
    dx = np.dot(T.T, dycol)
    dw = np.dot(X.T, dycol)
    return dx[:, 0], dw[:, 0]
