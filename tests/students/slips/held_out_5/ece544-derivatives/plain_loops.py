# ECE 544 A2 part I -- everything with for loops like on paper
import numpy as np

def softmax_jacobian(z):
    C = len(z)
    big = z[0]
    for v in z:
        if v > big:
            big = v
    S = 0.0
    for v in z:
        S += np.exp(v - big)
    p = [np.exp(v - big) / S for v in z]
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k][j] = p[k] * (1 - p[k])
            else:
                J[k][j] = -p[k] * p[j]
    return J

def nll(yhat, y):
    L = 0.0
    for i in range(len(y)):
        L = L - np.log(yhat[i][y[i]])
    return L

def nll_grad(yhat, y):
    N, C = yhat.shape
    G = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                G[i][j] = -1.0 / yhat[i][j]
    return G

def avg_pool1d(x, W):
    n = len(x)
    y = []
    for i in range(0, n - W + 1):
        s = 0.0
        for k in range(0, W):
            s = s + x[i + k]
        y.append(s / W)
    return np.array(y)

def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for j in range(n):
        for i in range(len(dy)):
            if i <= j and j <= i + W - 1:
                dx[j] += dy[i] * (1.0 / W)
    return dx

def max_pool1d(x, W):
    n = len(x)
    y = np.empty(n - W + 1)
    for i in range(n - W + 1):
        best = x[i]
        for k in range(1, W):
            if x[i + k] > best:
                best = x[i + k]
        y[i] = best
    return y

def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        where = i
        for k in range(1, W):
            if x[i + k] > x[where]:
                where = i + k
        dx[where] += dy[i]
    return dx

def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        for k in [-1, 0, 1]:
            if i - k >= 0 and i - k < n:
                y[i] += x[i - k] * w[k + 1]
    return y

def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    dw = np.zeros(3)
    for i in range(n):
        for j in range(n):
            if abs(i - j) <= 1:
                dx[j] += dy[i] * w[i - j + 1]
                dw[i - j + 1] += dy[i] * x[j]
    return dx, dw
