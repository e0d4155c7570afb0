import numpy as np
from math import exp, log, fsum

def softmax(z):
    m = max(z)
    e = [exp(v - m) for v in z]
    return [v / fsum(e) for v in e]

def softmax_jacobian(z):
    p = softmax(list(z))
    return [[pk * ((k == j) - pj) for j, pj in enumerate(p)] for k, pk in enumerate(p)]

def nll(yhat, y):
    if len(y) == 0:
        return 0.0
    return -log(yhat[0][y[0]]) + nll(yhat[1:], y[1:])

def nll_grad(yhat, y):
    return [[-(int(c) == j) / q for j, q in enumerate(row)] for row, c in zip(yhat, y)]

def avg_pool1d(x, W):
    return [fsum(x[i:i + W]) / W for i in range(len(x) - W + 1)]

def avg_pool1d_backward(dy, n, W):
    return [fsum(dy[max(0, j - W + 1):min(j + 1, n - W + 1)]) / W for j in range(n)]

def max_pool1d(x, W):
    if W == 1:
        return np.array(x)
    shorter = max_pool1d(x, W - 1)
    return np.maximum(shorter[:-1], x[W - 1:])

def max_pool1d_backward(dy, x, W):
    dx = [0.0] * len(x)
    for i, d in enumerate(dy):
        window = list(x[i:i + W])
        dx[i + window.index(max(window))] += d
    return dx

def conv1d(x, w):
    p = [0.0] + list(x) + [0.0]
    left, mid, right = w
    return [left * c + mid * b + right * a for a, b, c in zip(p, p[1:], p[2:])]

def conv1d_backward(dy, x, w):
    d = [0.0] + list(dy) + [0.0]
    p = [0.0] + list(x) + [0.0]
    dx = [w[0] * a + w[1] * b + w[2] * c for a, b, c in zip(d, d[1:], d[2:])]
    dw = [fsum(g * v for g, v in zip(dy, p[2 - k:])) for k in range(3)]
    return np.array(dx), np.array(dw)
