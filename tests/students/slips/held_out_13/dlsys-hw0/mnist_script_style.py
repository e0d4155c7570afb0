"""Homework 0.

The MNIST parsing of the original homework is kept at the top.
"""
import gzip
import struct
from typing import Iterator, Tuple

import numpy as np

DTYPE = np.float64
LOG_EVERY = 0  # set to > 0 to see progress


def add(x, y):
    """A trivial 'add' function."""
    return x + y


def parse_mnist(image_filename: str, label_filename: str):
    with gzip.open(image_filename, "rb") as f:
        _, num, rows, cols = struct.unpack(">4i", f.read(16))
        X = np.frombuffer(f.read(), dtype=np.uint8).reshape(num, rows * cols)
    with gzip.open(label_filename, "rb") as f:
        f.read(8)
        y = np.frombuffer(f.read(), dtype=np.uint8)
    return X.astype(np.float32) / 255.0, y


def one_hot(y: np.ndarray, k: int) -> np.ndarray:
    """(N,) -> (N, k)"""
    I = np.zeros((y.shape[0], k), dtype=DTYPE)
    I[np.arange(y.shape[0]), y] = 1
    return I


def row_softmax(h: np.ndarray) -> np.ndarray:
    """softmax of every row, shifted by its maximum"""
    h = h - np.max(h, axis=1, keepdims=True)
    e = np.exp(h)
    return e / np.sum(e, axis=1, keepdims=True)


def minibatches(X: np.ndarray, y: np.ndarray, batch: int) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Consecutive slices of X and y, the last one may be shorter."""
    num_examples = X.shape[0]
    assert y.shape[0] == num_examples, "one label per row"
    num_batches = (num_examples + batch - 1) // batch
    for i in range(num_batches):
        lo = i * batch
        hi = min(lo + batch, num_examples)
        if LOG_EVERY and i % LOG_EVERY == 0:
            print("batch", i, "of", num_batches)
        yield X[lo:hi], y[lo:hi]


def softmax_loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Average cross entropy of the logits Z."""
    assert Z.ndim == 2 and len(y) == Z.shape[0]
    Zmax = np.max(Z, axis=1, keepdims=True)
    logsumexp = np.log(np.sum(np.exp(Z - Zmax), axis=1, keepdims=True)) + Zmax
    h_y = np.sum(Z * one_hot(y, Z.shape[1]), axis=1, keepdims=True)
    return float(np.mean(logsumexp - h_y))


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One epoch of SGD for softmax regression, theta is modified in place."""
    num_classes = theta.shape[1]
    for xb, yb in minibatches(X, y, batch):
        B = xb.shape[0]
        Z = row_softmax(np.dot(xb, theta))
        grad = np.dot(xb.T, Z - one_hot(yb, num_classes)) / B
        assert grad.shape == theta.shape
        theta -= lr * grad


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One epoch of SGD for relu(X W1) W2, both weights are modified in place."""
    num_classes = W2.shape[1]
    for xb, yb in minibatches(X, y, batch):
        B = xb.shape[0]
        H1 = np.dot(xb, W1)
        Z1 = np.maximum(H1, 0)
        G2 = row_softmax(np.dot(Z1, W2)) - one_hot(yb, num_classes)
        G1 = np.where(H1 > 0, 1.0, 0.0) * np.dot(G2, W2.T)
        grad_W1 = np.dot(xb.T, G1) / B
        grad_W2 = np.dot(Z1.T, G2) / B
        W1 -= lr * grad_W1
        W2 -= lr * grad_W2


def loss_err(h, y):
    """Loss and error rate of the logits."""
    return softmax_loss(h, y), np.mean(h.argmax(axis=1) != y)


def train_softmax(X_tr, y_tr, X_te, y_te, epochs=10, lr=0.5, batch=100):
    theta = np.zeros((X_tr.shape[1], y_tr.max() + 1))
    print("| Epoch | Train Loss | Train Err | Test Loss | Test Err |")
    for epoch in range(epochs):
        softmax_regression_epoch(X_tr, y_tr, theta, lr=lr, batch=batch)
        print("|", epoch, *loss_err(X_tr @ theta, y_tr), *loss_err(X_te @ theta, y_te), "|")


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    Xd, yd = rng.randn(20, 5), rng.randint(3, size=20)
    th = rng.randn(5, 3)
    num = np.zeros_like(th)
    for ij in np.ndindex(*th.shape):
        d = np.zeros_like(th)
        d[ij] = 1e-5
        num[ij] = (softmax_loss(Xd @ (th + d), yd) - softmax_loss(Xd @ (th - d), yd)) / 2e-5
    new = th.copy()
    softmax_regression_epoch(Xd, yd, new, lr=1.0, batch=20)
    print("gradient check:", np.abs((th - new) - num).max())
    train_softmax(Xd, yd, Xd, yd)
