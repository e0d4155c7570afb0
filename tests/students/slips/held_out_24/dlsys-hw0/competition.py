import numpy as np


def softmax_loss(Z, y):
    n, c = Z.shape
    S = np.empty((n, c))
    m = np.empty((n, 1))
    np.amax(Z, axis=1, keepdims=True, out=m)
    np.subtract(Z, m, out=S)
    hit = np.take_along_axis(S, np.asarray(y, dtype=np.intp)[:, None], 1)
    np.exp(S, out=S)
    return float(np.log(S.sum(1)).sum() - hit.sum()) / n


def _prob(A, c):
    # A -> softmax rows, in its own memory; c is a (B, 1) scratch column
    np.amax(A, axis=1, keepdims=True, out=c)
    A -= c
    np.exp(A, out=A)
    np.sum(A, axis=1, keepdims=True, out=c)
    A /= c


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n, d = X.shape
    k = theta.shape[1]
    P = np.empty((min(batch, n), k))
    col = np.empty((min(batch, n), 1))
    G = np.empty((d, k))
    base = np.arange(min(batch, n)) * k
    lab = np.asarray(y).astype(np.intp)
    i = 0
    while i < n:
        j = min(i + batch, n)
        b = j - i
        p = P[:b]
        np.dot(X[i:j], theta, out=p)
        _prob(p, col[:b])
        P.ravel()[base[:b] + lab[i:j]] -= 1.0
        np.dot(X[i:j].T, p, out=G)
        G *= lr / b
        theta -= G
        i = j


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n, d = X.shape
    h, k = W2.shape
    m = min(batch, n)
    A, P, E = np.empty((m, h)), np.empty((m, k)), np.empty((m, h))
    col, base = np.empty((m, 1)), np.arange(m) * k
    G1, G2 = np.empty((d, h)), np.empty((h, k))
    lab = np.asarray(y).astype(np.intp)
    for i in range(0, n, m):
        j = min(i + m, n)
        b = j - i
        a, p, e, x = A[:b], P[:b], E[:b], X[i:j]
        np.dot(x, W1, out=a)
        np.maximum(a, 0.0, out=a)
        np.dot(a, W2, out=p)
        _prob(p, col[:b])
        P.ravel()[base[:b] + lab[i:j]] -= 1.0
        np.dot(p, W2.T, out=e)
        e *= a > 0.0
        np.dot(x.T, e, out=G1)
        np.dot(a.T, p, out=G2)
        G1 *= lr / b
        G2 *= lr / b
        W1 -= G1
        W2 -= G2
