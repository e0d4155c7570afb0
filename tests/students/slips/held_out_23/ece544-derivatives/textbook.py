import numpy as np


def kron_delta(k, j):
    """1[k = j]"""
    return 1.0 if k == j else 0.0


def softmax_jacobian(z):
    C = len(z)
    # p_k = exp(z_k) / S,  S = sum_l exp(z_l)
    m = max(z)
    exp_z = [np.exp(z_l - m) for z_l in z]
    S = sum(exp_z)
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = (exp_z[k] * S - exp_z[k] * exp_z[j]) / S**2
            else:
                J[k, j] = -(exp_z[j] / S) * (exp_z[k] / S)
    return J


def nll(yhat, y):
    N, C = yhat.shape
    L = 0.0
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                L = L - np.log(yhat[i, j])
    return L


def nll_grad(yhat, y):
    N, C = yhat.shape
    dL_dyhat = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            dL_dyhat[i, j] = -kron_delta(y[i], j) / yhat[i, j]
    return dL_dyhat


def avg_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    for i in range(n - W + 1):
        for k in range(W):
            y[i] += x[i + k]
        y[i] = 1.0 / W * y[i]
    return y


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for j in range(n):
        for i in range(n - W + 1):
            if i <= j <= i + W - 1:
                dyi_dxj = 1.0 / W
            else:
                dyi_dxj = 0.0
            dx[j] += dy[i] * dyi_dxj
    return dx


def max_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    for i in range(n - W + 1):
        y[i] = x[i]
        for k in range(1, W):
            if x[i + k] > y[i]:
                y[i] = x[i + k]
    return y


def max_pool1d_backward(dy, x, W):
    n = len(x)
    dx = np.zeros(n)
    for i in range(n - W + 1):
        j_i = i
        for k in range(1, W):
            if x[i + k] > x[j_i]:
                j_i = i + k
        dx[j_i] += dy[i]
    return dx


def w_k(w, k):
    """w_k with w_-1, w_0, w_1 stored as w[0], w[1], w[2]"""
    return w[k + 1]


def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        for k in (-1, 0, 1):
            x_ik = x[i - k] if 0 <= i - k < n else 0.0
            y[i] += x_ik * w_k(w, k)
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    dw = np.zeros(3)
    # dx_j = sum_i dy_i w_(i-j),  |i - j| <= 1
    for j in range(n):
        for i in range(n):
            if abs(i - j) <= 1:
                dx[j] += dy[i] * w_k(w, i - j)
    # dw_k = sum_i dy_i x_(i-k)
    for k in (-1, 0, 1):
        for i in range(n):
            if 0 <= i - k < n:
                dw[k + 1] += dy[i] * x[i - k]
    return dx, dw
