"""Style: one-hot labels, every gradient under its own name, counted steps in one epoch, a while loop in the other."""

import numpy as np


def one_hot(y, C):
    B = y.shape[0]
    t = np.zeros((B, C))
    t[np.arange(B), y] = 1
    return t


def softmax(logits):
    # every row has its own largest logit taken off, so exp stays below 1
    top = np.max(logits, axis=1, keepdims=True)
    e = np.exp(logits - top)
    return e / np.sum(e, axis=1, keepdims=True)


def log_sum_exp(Z):
    """log(sum(exp(row))) for every row of Z, shape (N,)."""
    top = np.max(Z, axis=1)
    return top + np.log(np.sum(np.exp(Z - top[:, None]), axis=1))


def softmax_loss(Z, y):
    N, C = Z.shape
    true_logits = np.sum(Z * one_hot(y, C), axis=1)
    losses = log_sum_exp(Z) - true_logits
    return np.sum(losses) / N


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    C = theta.shape[1]
    # rounded up: the last step may have fewer examples
    steps = int(np.ceil(N / batch))
    for s in range(steps):
        first = s * batch
        last = min(first + batch, N)
        x = X[first:last]
        t = one_hot(y[first:last], C)

        z = softmax(np.dot(x, theta))
        grad = np.dot(x.T, z - t) / (last - first)
        theta -= lr * grad


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    C = W2.shape[1]
    start = 0
    while start < N:
        end = start + batch  # a slice may go past the end
        x_b = X[start:end]
        t_b = one_hot(y[start:end], C)
        B = x_b.shape[0]

        # forward
        h = np.dot(x_b, W1)
        a = np.maximum(h, 0)
        probs = softmax(np.dot(a, W2))

        # backward, the average over the batch is in g2 already
        g2 = (probs - t_b) / B
        dW2 = np.dot(a.T, g2)
        g1 = np.dot(g2, W2.T)
        g1[h <= 0] = 0
        dW1 = np.dot(x_b.T, g1)

        # both gradients are there, now step
        W1 -= lr * dW1
        W2 -= lr * dW2
        start = end
