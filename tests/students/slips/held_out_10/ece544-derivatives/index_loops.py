# Pencil and paper, executable. Everything with indices, as in the formulas (and as in C++).
import math

import numpy as np

KERNEL_RADIUS = 1


def softmax_jacobian(z):
    C = len(z)
    # 1) biggest logit
    zmax = z[0]
    for l in range(1, C):
        if z[l] > zmax:
            zmax = z[l]
    # 2) exponentials and their sum
    ex = np.zeros(C)
    S = 0.0
    for l in range(C):
        ex[l] = math.exp(z[l] - zmax)
        S += ex[l]
    # 3) quotient rule: (e_k S [k == j] - e_k e_j) / S^2
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = (ex[k] * S - ex[k] * ex[k]) / (S * S)
            else:
                J[k, j] = -(ex[k] / S) * (ex[j] / S)
    return J


def nll(yhat, y):
    total = 0.0
    for i in range(len(y)):
        total += math.log(yhat[i, y[i]])
    return -total


def nll_grad(yhat, y):
    N, C = yhat.shape
    grad = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                grad[i, j] = -1.0 / yhat[i, j]
    return grad


def avg_pool1d(x, W):
    n = len(x)
    count = n - W + 1
    y = np.zeros(count)
    for i in range(count):
        acc = 0.0
        for k in range(W):
            acc += x[i + k]
        y[i] = acc / W
    return y


def avg_pool1d_backward(dy, n, W):
    # gather form: for each input j, which windows i contain it?  i <= j <= i+W-1  <=>  j-W+1 <= i <= j
    dx = np.zeros(n)
    for j in range(n):
        lo = max(0, j - W + 1)
        hi = min(j, n - W)
        acc = 0.0
        for i in range(lo, hi + 1):
            acc += dy[i]
        dx[j] = acc / W
    return dx


def window_argmax(x, begin, W):
    """Index (in the whole signal) of the first largest entry of x[begin .. begin+W-1]."""
    best = begin
    for pos in range(begin + 1, begin + W):
        if x[pos] > x[best]:
            best = pos
    return best


def max_pool1d(x, W):
    count = len(x) - W + 1
    y = np.zeros(count)
    for i in range(count):
        y[i] = x[window_argmax(x, i, W)]
    return y


def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(x) - W + 1):
        where = window_argmax(x, i, W)
        dx[where] += dy[i]
    return dx


def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        for k in range(-KERNEL_RADIUS, KERNEL_RADIUS + 1):
            src = i - k
            if src < 0 or src >= n:
                continue  # outside the signal: zero
            y[i] += x[src] * w[k + KERNEL_RADIUS]
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    dw = np.zeros(2 * KERNEL_RADIUS + 1)
    for j in range(n):
        for i in range(max(0, j - 1), min(n - 1, j + 1) + 1):
            dx[j] += dy[i] * w[i - j + KERNEL_RADIUS]
    for k in range(-KERNEL_RADIUS, KERNEL_RADIUS + 1):
        for i in range(n):
            if 0 <= i - k < n:
                dw[k + KERNEL_RADIUS] += dy[i] * x[i - k]
    return dx, dw


if __name__ == "__main__":
    print(avg_pool1d(np.ones(6), 3))
    print(conv1d(np.array([1.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0])))
