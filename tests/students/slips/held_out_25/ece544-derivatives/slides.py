import numpy as np


# --- lecture 5 ---
def softmax_jacobian(z):
    z = z.reshape(-1, 1)
    e = np.exp(z - np.max(z))
    S = np.sum(e)
    p = e / S  # (5.2)
    D = np.zeros((p.size, p.size))
    np.fill_diagonal(D, p)
    J = D - p @ p.T  # (5.5)
    return J


def one_of_k(y, K):
    return (y.reshape(-1, 1) == np.arange(K)).astype(float)


def nll(yhat, y):
    I = one_of_k(y, yhat.shape[1])
    p = np.sum(I * yhat, axis=1)  # (5.8)
    L = -np.sum(np.log(p))  # (5.9)
    return L


def nll_grad(yhat, y):
    I = one_of_k(y, yhat.shape[1])
    dL = -I / yhat  # (5.10)
    return dL


# --- lecture 6 ---
def averaging_matrix(n, W):
    # (6.2): A is (n-W+1) x n, 1/W for i <= j <= i+W-1
    i = np.arange(n - W + 1).reshape(-1, 1)
    j = np.arange(n).reshape(1, -1)
    A = ((i <= j) & (j <= i + W - 1)) / W
    return A


def avg_pool1d(x, W):
    A = averaging_matrix(x.size, W)
    y = A @ x.reshape(-1, 1)  # (6.1)
    return y.ravel()


def avg_pool1d_backward(dy, n, W):
    i = np.arange(n - W + 1).reshape(-1, 1)
    j = np.arange(n).reshape(1, -1)
    dydx = np.where((i <= j) & (j <= i + W - 1), 1 / W, 0)  # (6.4)
    dx = dydx.T @ dy.reshape(-1, 1)  # (6.5)
    return dx.ravel()


def max_pool1d(x, W):
    y = []
    for i in range(x.size - W + 1):
        y.append(max(x[i:i + W]))  # (6.7)
    return np.array(y)


def max_pool1d_backward(dy, x, W):
    dx = np.zeros(x.size)
    y = max_pool1d(x, W)
    for i in range(dy.size):
        for j in range(i, i + W):
            if x[j] == y[i]:  # (6.9)
                dx[j] += dy[i]
                break
    return dx


# --- lecture 7 ---
def shifted(x, k):
    # x[i - k], zero outside
    s = np.zeros(x.size)
    if k == 0:
        s[:] = x
    if k == 1:
        s[1:] = x[:-1]
    if k == -1:
        s[:-1] = x[1:]
    return s


def conv1d(x, w):
    y = shifted(x, -1) * w[0] + shifted(x, 0) * w[1] + shifted(x, 1) * w[2]  # (7.1)
    return y


def conv1d_backward(dy, x, w):
    # (7.4) dx[j] = dy[j-1] w_{-1} + dy[j] w_0 + dy[j+1] w_1
    dx = shifted(dy, 1) * w[0] + shifted(dy, 0) * w[1] + shifted(dy, -1) * w[2]
    # (7.5)
    dw = np.array([dy @ shifted(x, -1), dy @ shifted(x, 0), dy @ shifted(x, 1)])
    return dx, dw
