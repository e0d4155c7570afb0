"""Homework 0. All temporaries live in buffers that are made once per shape and reused."""
import numpy as np

_BUFFERS = {}


def buf(tag, *shape):
    """A float64 scratch array; the same tag and shape give the same memory."""
    key = (tag, shape)
    b = _BUFFERS.get(key)
    if b is None:
        b = _BUFFERS[key] = np.empty(shape)
    return b


def add(x, y):
    return x + y


def parse_mnist(image_filename, label_filename):
    raise NotImplementedError("not asked for")


def _softmax_into(Z):
    np.subtract(Z, np.max(Z, axis=1, keepdims=True), out=Z)
    np.exp(Z, out=Z)
    np.divide(Z, np.sum(Z, axis=1, keepdims=True), out=Z)


def softmax_loss(Z, y):
    n, c = Z.shape
    S = buf("loss", n, c)
    np.subtract(Z, Z.max(1, keepdims=True), out=S)
    right = S[np.arange(n), y].copy()
    np.exp(S, out=S)
    return float(np.mean(np.log(S.sum(1)) - right))


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    d, c = theta.shape
    G = buf("theta", d, c)
    for i in range(0, X.shape[0], batch):
        x, t = X[i:i + batch], y[i:i + batch]
        b = x.shape[0]
        Z = buf("logits", b, c)
        np.matmul(x, theta, out=Z)
        _softmax_into(Z)
        Z[np.arange(b), t] -= 1.0
        np.matmul(x.T, Z, out=G)
        np.multiply(G, lr / b, out=G)
        np.subtract(theta, G, out=theta)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    d, h = W1.shape
    c = W2.shape[1]
    g1, g2 = buf("W1", d, h), buf("W2", h, c)
    for i in range(0, X.shape[0], batch):
        x, t = X[i:i + batch], y[i:i + batch]
        b = x.shape[0]
        A, Z, B = buf("hidden", b, h), buf("logits", b, c), buf("back", b, h)
        np.maximum(np.matmul(x, W1, out=A), 0, out=A)
        np.matmul(A, W2, out=Z)
        _softmax_into(Z)
        Z[np.arange(b), t] -= 1.0
        Z *= lr / b
        np.matmul(Z, W2.T, out=B)
        np.multiply(B, A > 0, out=B)
        np.matmul(x.T, B, out=g1)
        np.matmul(A.T, Z, out=g2)
        W1 -= g1
        W2 -= g2
