import math

import numpy as np


def row_softmax(z, p, C):
    """z: C logits in, p: C probabilities out"""
    big = z[0]
    for c in range(1, C):
        if z[c] > big:
            big = z[c]
    s = 0.0
    for c in range(C):
        p[c] = math.exp(z[c] - big)
        s += p[c]
    for c in range(C):
        p[c] = p[c] / s


def softmax_loss(Z, y):
    N = Z.shape[0]
    C = Z.shape[1]
    flat = np.reshape(Z, N * C)
    total = 0.0
    for n in range(N):
        offset = n * C
        big = flat[offset]
        for c in range(C):
            if flat[offset + c] > big:
                big = flat[offset + c]
        s = 0.0
        for c in range(C):
            s += math.exp(flat[offset + c] - big)
        label = int(y[n])
        total += big + math.log(s) - flat[offset + label]
    return total / N


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    D = X.shape[1]
    C = theta.shape[1]
    first = 0
    while first < N:
        last = first + batch
        if last > N:
            last = N
        B = last - first
        grad = np.zeros((D, C))
        for n in range(first, last):
            z = np.zeros(C)
            for c in range(C):
                z[c] = np.dot(X[n, :], theta[:, c])
            p = np.zeros(C)
            row_softmax(z, p, C)
            for c in range(C):
                t = 0.0
                if c == y[n]:
                    t = 1.0
                grad[:, c] += X[n, :] * (p[c] - t)
        for i in range(D):
            for c in range(C):
                theta[i, c] = theta[i, c] - lr * grad[i, c] / B
        first = last


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    D = X.shape[1]
    H = W1.shape[1]
    C = W2.shape[1]
    number_of_batches = N // batch
    if number_of_batches * batch < N:
        number_of_batches = number_of_batches + 1
    for b in range(number_of_batches):
        first = b * batch
        last = min(first + batch, N)
        G1 = np.zeros((D, H))
        G2 = np.zeros((H, C))
        for n in range(first, last):
            x = X[n, :]
            u = np.dot(x, W1)
            a = np.zeros(H)
            for j in range(H):
                if u[j] > 0.0:
                    a[j] = u[j]
            z = np.dot(a, W2)
            g2 = np.zeros(C)
            row_softmax(z, g2, C)
            g2[y[n]] = g2[y[n]] - 1.0
            g1 = np.zeros(H)
            for j in range(H):
                if u[j] > 0.0:
                    g1[j] = np.dot(W2[j, :], g2)
            for i in range(D):
                if x[i] != 0.0:
                    G1[i, :] += x[i] * g1
            for j in range(H):
                if a[j] != 0.0:
                    G2[j, :] += a[j] * g2
        B = last - first
        for i in range(D):
            W1[i, :] = W1[i, :] - (lr / B) * G1[i, :]
        for j in range(H):
            W2[j, :] = W2[j, :] - (lr / B) * G2[j, :]
