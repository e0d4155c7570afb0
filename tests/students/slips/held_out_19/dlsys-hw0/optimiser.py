import numpy as np


def _softmax_into(S, col):
    """S <- softmax(S) row by row, with col (N, 1) as scratch."""
    np.amax(S, axis=1, keepdims=True, out=col)
    np.subtract(S, col, out=S)
    np.exp(S, out=S)
    np.sum(S, axis=1, keepdims=True, out=col)
    np.divide(S, col, out=S)


def softmax_loss(Z, y):
    buf = np.array(Z, dtype=np.float64)
    np.subtract(buf, buf.max(axis=1, keepdims=True), out=buf)
    picked = buf[np.arange(y.shape[0]), y]
    np.exp(buf, out=buf)
    lse = np.log(np.dot(buf, np.ones(buf.shape[1])))
    lse -= picked
    return lse.sum() / lse.size


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n, c = X.shape[0], theta.shape[1]
    size = min(batch, n)
    S, col, G = np.empty((size, c)), np.empty((size, 1)), np.empty((theta.shape[0], c))
    ar = np.arange(size)
    for lo in range(0, n, size):
        x, t = X[lo : lo + size], y[lo : lo + size]
        m = x.shape[0]
        s = S[:m]
        np.matmul(x, theta, out=s)
        _softmax_into(s, col[:m])
        s[ar[:m], t] -= 1.0
        np.matmul(x.T, s, out=G)
        G *= lr / m
        np.subtract(theta, G, out=theta)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n, (d, h), c = X.shape[0], W1.shape, W2.shape[1]
    size = min(batch, n)
    A, M, B = np.empty((size, h)), np.empty((size, h), dtype=bool), np.empty((size, h))
    S, col = np.empty((size, c)), np.empty((size, 1))
    G1, G2, ar = np.empty((d, h)), np.empty((h, c)), np.arange(size)
    for lo in range(0, n, size):
        x, t = X[lo : lo + size], y[lo : lo + size]
        m = x.shape[0]
        a, on, b, s = A[:m], M[:m], B[:m], S[:m]
        np.matmul(x, W1, out=a)
        np.greater(a, 0.0, out=on)
        a *= on
        np.matmul(a, W2, out=s)
        _softmax_into(s, col[:m])
        s[ar[:m], t] -= 1.0
        s *= lr / m
        np.matmul(s, W2.T, out=b)
        b *= on
        np.matmul(a.T, s, out=G2)
        np.matmul(x.T, b, out=G1)
        np.subtract(W2, G2, out=W2)
        np.subtract(W1, G1, out=W1)
