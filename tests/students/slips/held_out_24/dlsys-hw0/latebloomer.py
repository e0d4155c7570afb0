import numpy as np
import math


def softmax_row(z):
    biggest = z[0]
    for v in z:
        if v > biggest:
            biggest = v
    e = np.exp(z - biggest)
    return e / np.sum(e)


def softmax_loss(Z, y):
    m = Z.shape[0]
    k = Z.shape[1]
    total = 0.0
    for i in range(m):
        mx = max(Z[i])
        s = 0.0
        for j in range(k):
            s += math.exp(Z[i, j] - mx)
        # p = math.exp(Z[i, y[i]] - mx) / s
        # total += -math.log(p)
        total += math.log(s) - (Z[i, int(y[i])] - mx)
    return total / m


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    m = X.shape[0]
    n_batches = m // batch
    if m % batch != 0:
        n_batches += 1
    for bi in range(n_batches):
        xb = X[bi * batch:(bi + 1) * batch]
        yb = y[bi * batch:(bi + 1) * batch]
        grad = np.zeros(theta.shape)
        for i in range(len(xb)):
            p = softmax_row(xb[i].dot(theta))
            # t = np.zeros(10)
            t = np.zeros(theta.shape[1])
            t[yb[i]] = 1
            for c in range(theta.shape[1]):
                grad[:, c] += xb[i] * (p[c] - t[c])
        grad = grad / len(xb)
        # print("batch", bi, np.abs(grad).max())
        theta -= lr * grad


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    m = X.shape[0]
    hidden = W1.shape[1]
    k = W2.shape[1]
    start = 0
    while start < m:
        stop = start + batch
        if stop > m:
            stop = m
        xb = X[start:stop]
        yb = y[start:stop]
        bs = stop - start
        z1 = xb.dot(W1)
        a1 = np.zeros(z1.shape)
        for i in range(bs):
            for j in range(hidden):
                if z1[i, j] > 0:
                    a1[i, j] = z1[i, j]
        scores = a1.dot(W2)
        probs = np.zeros((bs, k))
        onehot = np.zeros((bs, k))
        for i in range(bs):
            probs[i] = softmax_row(scores[i])
            onehot[i, yb[i]] = 1
        # loss = softmax_loss(scores, yb)
        g2 = probs - onehot
        dW2 = a1.T.dot(g2) / bs
        # vectorised, the loop took forever
        g1 = g2.dot(W2.T)
        g1[z1 <= 0] = 0
        dW1 = xb.T.dot(g1) / bs
        W1[:] = W1 - lr * dW1
        W2[:] = W2 - lr * dW2
        start = stop
