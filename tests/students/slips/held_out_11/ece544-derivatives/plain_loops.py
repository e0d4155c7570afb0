# ECE 544 HW - part I
# derivations as code, everything written like the sums on my paper

import numpy as np


def softmax_jacobian(z):
    C = len(z)
    # subtract max so exp does not overflow
    ez = np.exp(z - np.max(z))
    p = ez / np.sum(ez)
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = p[k] * (1 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    return J


def nll(yhat, y):
    N = yhat.shape[0]
    total = 0.0
    for i in range(N):
        total = total - np.log(yhat[i, y[i]])
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
    y = []
    for i in range(n - W + 1):
        s = 0.0
        for k in range(W):
            s += x[i + k]
        y.append(s / W)
    return np.array(y)


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for i in range(n - W + 1):
        # j from i to i+W-1
        for j in range(i, i + W):
            dx[j] += dy[i] / W
    return dx


def max_pool1d(x, W):
    n_out = len(x) - W + 1
    out = np.zeros(n_out)
    for i in range(n_out):
        best = x[i]
        for k in range(1, W):
            if x[i + k] > best:
                best = x[i + k]
        out[i] = best
    return out


def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(x) - W + 1):
        k = np.argmax(x[i:i + W])
        # the winner gets all of it
        dx[i + k] += dy[i]
    return dx


def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        for k in [-1, 0, 1]:
            # zeros outside of the signal
            if i - k >= 0 and i - k < n:
                y[i] += x[i - k] * w[k + 1]
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    dw = np.zeros(3)

    # dx[j] = sum_i dy[i] w_(i-j)
    for j in range(n):
        for i in range(max(0, j - 1), min(n, j + 2)):
            dx[j] += dy[i] * w[i - j + 1]

    # dw_k = sum_i dy[i] x[i-k]
    for k in [-1, 0, 1]:
        for i in range(n):
            m = i - k
            if 0 <= m < n:
                dw[k + 1] += dy[i] * x[m]

    return dx, dw


if __name__ == "__main__":
    print(avg_pool1d(np.ones(5), 3))
    print(conv1d(np.arange(5.0), np.array([1.0, 0.0, 0.0])))
