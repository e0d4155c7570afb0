"""Strict types, positional-only arrays, keyword-only rates; weights changed through a flat view; float32 inside."""
import numpy as np


def _hot(y, C):
    if y.ndim != 1 or y.dtype.kind not in "iu":
        raise ValueError("labels must be whole numbers")
    if y.min() < 0 or int(y.max()) >= C:
        raise ValueError("label out of range")
    T = np.zeros((y.size, C), np.float32)
    np.put(T, np.arange(y.size, dtype=np.intp) * C + y.astype(np.intp), 1)
    return T


def softmax_loss(Z, y, /):
    assert Z.ndim == 2
    shifted = Z - np.amax(Z, axis=1, keepdims=True)
    return -np.sum(_hot(y, Z.shape[1]) * (shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True)))) / y.size


def _smax(Z):
    E = np.exp2((Z - Z.max(axis=1, keepdims=True)) * np.float32(np.log2(np.e)))
    return E / E.sum(axis=1, keepdims=True)


def _chunks(X, y, batch):
    if not isinstance(batch, int) or batch < 1:
        raise ValueError("batch")
    n = len(X)
    for k in range((n + batch - 1) // batch):
        yield X[k * batch:min(n, (k + 1) * batch)].astype(np.float32), y[k * batch:min(n, (k + 1) * batch)]


def softmax_regression_epoch(X, y, theta, /, *, lr=0.1, batch=100):
    flat = theta.reshape(-1)
    assert np.shares_memory(flat, theta)
    for x, t in _chunks(X, y, batch):
        D = _smax(x @ theta.astype(np.float32)) - _hot(t, theta.shape[1])
        flat -= np.float32(lr) * (x.T @ D).reshape(-1) / len(t)


def nn_epoch(X, y, W1, W2, /, *, lr=0.1, batch=100):
    for x, t in _chunks(X, y, batch):
        w2 = W2.astype(np.float32)
        a = np.maximum(x @ W1.astype(np.float32), 0)
        D = (_smax(a @ w2) - _hot(t, W2.shape[1])) / np.float32(len(t))
        np.subtract(W2, lr * (a.T @ D), out=W2)
        np.subtract(W1, lr * (x.T @ np.where(a > 0, D @ w2.T, 0)), out=W1)
