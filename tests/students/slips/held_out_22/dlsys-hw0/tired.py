import numpy as np


def add(x, y):
    return x + y


def parse_mnist(image_filename, label_filename):
    pass  # did that on the other laptop


def softmax_loss(Z, y):
    loss = 0
    n = len(Z)
    for i in range(n):
        z = Z[i]
        m = max(z)
        z = z - m
        e = np.exp(z)
        s = sum(e)
        loss += np.log(s) - z[y[i]]
    return loss / n


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n = len(X)
    i = 0
    while i < n:
        x = X[i:i + batch]
        t = y[i:i + batch]
        z = x.dot(theta)
        z = np.exp(z - np.max(z, 1)[:, None])
        z = z / np.sum(z, 1)[:, None]
        I = np.zeros(z.shape)
        for j in range(len(x)):
            I[j, t[j]] = 1
        g = x.T.dot(z - I)
        g = g / len(x)
        theta -= lr * g
        i = i + batch


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n = len(X)
    i = 0
    while i < n:
        x = X[i:i + batch]
        t = y[i:i + batch]
        a = x.dot(W1)
        a = a * (a > 0)
        z = a.dot(W2)
        z = np.exp(z - np.max(z, 1)[:, None])
        z = z / np.sum(z, 1)[:, None]
        for j in range(len(x)):
            z[j, t[j]] = z[j, t[j]] - 1
        # backward
        a2 = x.dot(W1)  # again because a is overwritten
        g = z.dot(W2.T)
        g = g * (a2 > 0)
        g1 = x.T.dot(g) / len(x)
        g2 = a.T.dot(z) / len(x)
        W1 -= lr * g1
        W2 -= lr * g2
        # print(i, softmax_loss(a.dot(W2), t))
        i = i + batch
