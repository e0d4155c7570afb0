import numpy as np

# Everything as a matrix: y = A x, so the derivative is A' dy.


def softmax_jacobian(z):
    z = z.reshape(-1, 1)                       # column
    C = z.shape[0]
    e = np.exp(z - np.max(z))
    p = e / np.sum(e, axis=0)
    J = np.diag(p[:, 0]) - p @ p.T
    return J


def pick(y, C):
    # N x C, one row per example, 1 at the class
    N = y.size
    I = np.zeros((N, C))
    lin = np.arange(N) * C + y
    I.reshape(-1)[lin] = 1
    return I


def nll(yhat, y):
    N = yhat.shape[0]
    C = yhat.shape[1]
    I = pick(y, C)
    py = (I * yhat) @ np.ones((C, 1))          # N x 1
    L = -np.ones((1, N)) @ np.log(py)
    return L[0, 0]


def nll_grad(yhat, y):
    I = pick(y, yhat.shape[1])
    G = -I / yhat
    return G


def bandmat(n, W):
    # V x n, ones on the windows
    V = n - W + 1
    i = np.arange(V).reshape(V, 1)
    j = np.arange(n).reshape(1, n)
    return np.double((j >= i) & (j < i + W))


def avg_pool1d(x, W):
    A = bandmat(x.size, W) / W
    return (A @ x.reshape(-1, 1)).ravel()


def avg_pool1d_backward(dy, n, W):
    A = bandmat(n, W) / W
    return (A.T @ dy.reshape(-1, 1)).ravel()


def windows(x, W):
    # W x V, one window per column
    V = x.size - W + 1
    r = np.arange(W).reshape(W, 1)
    c = np.arange(V).reshape(1, V)
    return x[r + c]


def max_pool1d(x, W):
    M = windows(x, W)
    y = np.amax(M, axis=0)
    return y


def max_pool1d_backward(dy, x, W):
    n = x.size
    M = windows(x, W)
    V = M.shape[1]
    pos = np.argmax(M, axis=0) + np.arange(V)   # 1 x V
    S = np.zeros((V, n))
    S[np.arange(V), pos] = 1
    dx = S.T @ dy
    return dx


def toeplitz3(w, n):
    # y = T x,  T(i, j) = w(i - j)
    T = np.zeros((n, n))
    T = T + w[0] * np.eye(n, n, 1)
    T = T + w[1] * np.eye(n, n, 0)
    T = T + w[2] * np.eye(n, n, -1)
    return T


def conv1d(x, w):
    T = toeplitz3(w, x.size)
    return T @ x


def conv1d_backward(dy, x, w):
    n = x.size
    dx = toeplitz3(w, n).T @ dy
    z = np.zeros(1)
    Xs = np.column_stack((np.r_[x[1:], z], x, np.r_[z, x[:-1]]))    # n x 3
    dw = Xs.T @ dy
    return dx, dw
