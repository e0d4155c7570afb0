# ECE 544 HW2 part I
# variables named as in my Matlab files, all indices shifted to start at 0
import math
import numpy as np


def softmax_jacobian(z):
    C = z.shape[0]
    m = z[0]
    for c in range(1, C):
        if z[c] > m:
            m = z[c]
    num = np.zeros(C)
    den = 0.0
    for c in range(C):
        num[c] = math.exp(z[c] - m)
        den = den + num[c]
    J = np.zeros((C, C))
    k = 0
    while k < C:
        j = 0
        while j < C:
            if j == k:
                # quotient rule, (num' den - num den') / den^2
                J[k, j] = (num[k] / den) * ((den - num[k]) / den)
            else:
                J[k, j] = -(num[k] / den) * (num[j] / den)
            j = j + 1
        k = k + 1
    return J


def nll(yhat, y):
    N = yhat.shape[0]
    L = 0.0
    for i in range(0, N):
        c = int(y[i])
        L = L - math.log(yhat[i, c])
    return L


def nll_grad(yhat, y):
    N = yhat.shape[0]
    C = yhat.shape[1]
    G = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                G[i, j] = -1.0 / yhat[i, j]
            else:
                G[i, j] = 0.0
    return G


def avg_pool1d(x, W):
    n = x.shape[0]
    nout = n - W + 1
    y = np.zeros(nout)
    for i in range(nout):
        s = 0.0
        for k in range(W):
            s = s + x[i + k]
        y[i] = s / W
    return y


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    nout = n - W + 1
    # from the side of the input: which windows hold entry j?
    for j in range(n):
        first = j - W + 1
        last = j
        if first < 0:
            first = 0
        if last > nout - 1:
            last = nout - 1
        s = 0.0
        for i in range(first, last + 1):
            s = s + dy[i]
        dx[j] = s / W
    return dx


def window_max(x, i, W):
    # value and place of the largest entry of x(i) .. x(i+W-1)
    best = x[i]
    place = i
    k = 1
    while k < W:
        if x[i + k] > best:
            best = x[i + k]
            place = i + k
        k = k + 1
    return best, place


def max_pool1d(x, W):
    n = x.shape[0]
    y = np.zeros(n - W + 1)
    for i in range(n - W + 1):
        best, place = window_max(x, i, W)
        y[i] = best
    return y


def max_pool1d_backward(dy, x, W):
    n = x.shape[0]
    dx = np.zeros(n)
    for i in range(n - W + 1):
        best, place = window_max(x, i, W)
        dx[place] = dx[place] + dy[i]
    return dx


def conv1d(x, w):
    n = x.shape[0]
    y = np.zeros(n)
    for i in range(n):
        for k in range(-1, 2):
            p = i - k
            if p >= 0 and p <= n - 1:
                y[i] = y[i] + x[p] * w[k + 1]
    return y


def conv1d_backward(dy, x, w):
    n = x.shape[0]
    dx = np.zeros(n)
    dw = np.zeros(3)
    for j in range(n):
        for i in range(j - 1, j + 2):
            if i < 0 or i > n - 1:
                continue
            dx[j] = dx[j] + dy[i] * w[i - j + 1]
    for k in range(-1, 2):
        s = 0.0
        for i in range(n):
            if i - k >= 0 and i - k < n:
                s = s + dy[i] * x[i - k]
        dw[k + 1] = s
    return dx, dw
