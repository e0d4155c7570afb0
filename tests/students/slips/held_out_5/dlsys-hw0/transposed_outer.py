import numpy as np
from numpy import newaxis as _

def sigma(row):
    row = row - np.max(row)
    return np.exp(row) / np.sum(np.exp(row))

def softmax_loss(Z, y):
    total = 0
    for i in range(len(y)):
        row, c = Z[i], int(y[i])
        big = row.max()
        total -= row[c] - big - np.log(np.exp(row - big).sum())
    return total / len(y)

def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    i = 0
    while i < len(X):
        j = min(i + batch, len(X))
        step = np.zeros_like(theta)
        for r in range(i, j):
            p = sigma(X[r] @ theta)
            p[y[r]] -= 1
            step += np.outer(X[r], p)
        theta -= lr / (j - i) * step
        i = j

def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    i = 0
    while i < len(X):
        j = min(i + batch, len(X))
        step1, step2 = np.zeros(W1.shape), np.zeros(W2.shape)
        for r in range(i, j):
            h = X[r] @ W1
            a = h * (h > 0)
            p = sigma(a @ W2)
            p[y[r]] -= 1
            back = W2 @ p
            back[h <= 0] = 0
            step1 += X[r][:, _] * back[_, :]
            step2 += a[:, _] * p[_, :]
        W1 -= lr / (j - i) * step1
        W2 -= lr / (j - i) * step2
        i = j
