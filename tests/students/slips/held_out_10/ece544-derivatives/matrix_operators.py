"""Part I, MATLAB style: pooling and convolution are linear maps, so I build the matrix A with y = A x.

Forward is A * x, backward is A' * dy.
"""
import numpy as np


def softmax_jacobian(z):
    z = np.asarray(z, dtype=float).reshape(-1, 1)  # column vector
    p = np.exp(z - np.max(z))
    p = p / np.sum(p)
    C = p.shape[0]
    # J = (I - p * ones') .* repmat(p')   transposed to [k, j]
    Jt = (np.eye(C) - np.tile(p, (1, C))) * np.tile(p.T, (C, 1))
    J = Jt.T
    return J


def indicator(y, C):
    """Y(i, j) = 1 where y(i) == j"""
    I = np.eye(C)
    return I[np.asarray(y, dtype=int), :]


def nll(yhat, y):
    Y = indicator(y, yhat.shape[1])
    L = -np.sum(np.log(np.sum(Y * yhat, axis=1)))
    return L


def nll_grad(yhat, y):
    Y = indicator(y, yhat.shape[1])
    return -(Y / yhat)


def pool_matrix(n, W):
    """(n-W+1, n) with ones where i <= j <= i+W-1"""
    m = n - W + 1
    [ii, jj] = np.meshgrid(np.arange(m), np.arange(n), indexing="ij")
    return ((jj >= ii) & (jj <= ii + W - 1)).astype(float)


def avg_pool1d(x, W):
    A = pool_matrix(np.size(x), W) / W
    return A @ x


def avg_pool1d_backward(dy, n, W):
    A = pool_matrix(n, W) / W
    return A.T @ dy


def im2col(x, W):
    """one window per column, W x (n-W+1)"""
    n = np.size(x)
    idx = np.arange(W)[:, None] + np.arange(n - W + 1)[None, :]
    return np.asarray(x)[idx]


def max_pool1d(x, W):
    return im2col(x, W).max(axis=0)


def max_pool1d_backward(dy, x, W):
    # [~, ind] = max(cols)   -> first largest of each column
    ind = np.argmax(im2col(x, W), axis=0)
    m, n = np.size(dy), np.size(x)
    S = np.zeros((m, n))
    S[np.arange(m), np.arange(m) + ind] = 1.0
    return S.T @ dy


def conv_matrix(w, n):
    """T(i, j) = w_(i-j): tridiagonal, w_0 on the diagonal, w_1 below, w_-1 above"""
    return w[1] * np.eye(n) + w[2] * np.eye(n, k=-1) + w[0] * np.eye(n, k=1)


def conv1d(x, w):
    n = np.size(x)
    T = conv_matrix(w, n)
    return T @ x


def conv1d_backward(dy, x, w):
    n = np.size(x)
    T = conv_matrix(w, n)
    dx = T.T @ dy
    # y is linear in w as well: y = X w, the columns are x shifted
    X = np.zeros((n, 3))
    X[:-1, 0] = x[1:]
    X[:, 1] = x
    X[1:, 2] = x[:-1]
    dw = X.T @ dy
    return dx, dw
