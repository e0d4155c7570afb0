# Translated from MATLAB: loops over 1-based indices, (i-1) wherever NumPy is asked; everything linear as a matrix.
import numpy as np


def softmax_jacobian(z):
    C = len(z)
    a = np.exp(z - max(z))
    a = a / sum(a)
    J = np.zeros((C, C))
    for k in range(1, C + 1):
        for j in range(1, C + 1):
            if k == j:
                J[k - 1, j - 1] = a[k - 1] * (1 - a[k - 1])
            else:
                J[k - 1, j - 1] = -a[k - 1] * a[j - 1]
    return J


def nll(yhat, y):
    m = yhat.shape[0]
    J = 0.0
    for i in range(1, m + 1):
        J = J - np.log(yhat[i - 1, y[i - 1]])
    return J


def nll_grad(yhat, y):
    m, K = yhat.shape
    delta = np.zeros((K, m))  # columns are samples
    a = yhat.T
    for i in range(1, m + 1):
        for j in range(1, K + 1):
            if y[i - 1] == j - 1:
                delta[j - 1, i - 1] = -1 / a[j - 1, i - 1]
    return delta.T


def pool_matrix(n, W):
    # y = A * x
    A = np.zeros((n - W + 1, n))
    for i in range(1, n - W + 2):
        for j in range(i, i + W):
            A[i - 1, j - 1] = 1 / W
    return A


def avg_pool1d(x, W):
    n = len(x)
    A = pool_matrix(n, W)
    return (A @ x.reshape(n, 1))[:, 0]


def avg_pool1d_backward(dy, n, W):
    A = pool_matrix(n, W)
    return (A.T @ dy.reshape(-1, 1))[:, 0]


def max_with_index(v):
    # [m, im] = max(v)
    im = 1
    m = v[0]
    for k in range(2, len(v) + 1):
        if v[k - 1] > m:
            m = v[k - 1]
            im = k
    return m, im


def max_pool1d(x, W):
    n = len(x)
    y = np.zeros(n - W + 1)
    for i in range(1, n - W + 2):
        y[i - 1], im = max_with_index(x[i - 1 : i + W - 1])
    return y


def max_pool1d_backward(dy, x, W):
    n = len(x)
    S = np.zeros((n - W + 1, n))  # S(i, j) = 1 where y(i) is x(j)
    for i in range(1, n - W + 2):
        m, im = max_with_index(x[i - 1 : i + W - 1])
        S[i - 1, i + im - 2] = 1
    return S.T @ dy


def conv_matrix(w, n):
    # toeplitz: y(i) = x(i+1) w(1) + x(i) w(2) + x(i-1) w(3)
    T = np.zeros((n, n))
    for i in range(1, n + 1):
        for k in (-1, 0, 1):
            j = i - k
            if j >= 1 and j <= n:
                T[i - 1, j - 1] = w[k + 1]
    return T


def conv1d(x, w):
    T = conv_matrix(w, len(x))
    return T @ x


def conv1d_backward(dy, x, w):
    n = len(x)
    T = conv_matrix(w, n)
    dx = T.T @ dy
    dw = np.zeros(3)
    for k in (-1, 0, 1):
        # the shift matrix of this tap
        e = np.zeros(3)
        e[k + 1] = 1
        dw[k + 1] = dy @ (conv_matrix(e, n) @ x)
    return dx, dw
