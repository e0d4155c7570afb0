"""Style: a generator of row slices, everything on top of log_softmax, one-hot targets, weights written with [:]."""

import numpy as np


def log_softmax(logits):
    """Row-wise log of the softmax, safe for large logits."""
    top = logits.max(axis=1, keepdims=True)
    centred = logits - top
    log_norm = np.log(np.exp(centred).sum(axis=1, keepdims=True))
    return centred - log_norm


def softmax(logits):
    return np.exp(log_softmax(logits))


def one_hot(labels, num_classes):
    targets = np.zeros((len(labels), num_classes))
    targets[np.arange(len(labels)), labels] = 1.0
    return targets


def row_slices(num_examples, batch):
    """0:batch, batch:2*batch, ... (the last slice may reach past the end, NumPy cuts it off)."""
    for start in range(0, num_examples, batch):
        yield slice(start, start + batch)


def softmax_loss(Z, y):
    logp = log_softmax(Z)
    true_logp = logp[np.arange(len(y)), y]
    return -true_logp.mean()


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    num_classes = theta.shape[1]
    for rows in row_slices(len(X), batch):
        xb, yb = X[rows], y[rows]
        probs = softmax(xb @ theta)
        error = probs - one_hot(yb, num_classes)
        grad = xb.T @ error / len(yb)
        # write into the caller's array, don't rebind the name
        theta[:] = theta - lr * grad


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for rows in row_slices(len(X), batch):
        xb, yb = X[rows], y[rows]

        # forward
        pre = xb @ W1
        hidden = np.maximum(pre, 0)
        logits = hidden @ W2

        # backward, d_out already averaged over the mini-batch
        d_out = softmax(logits)
        d_out[np.arange(len(yb)), yb] -= 1
        d_out /= len(yb)
        d_W2 = hidden.T @ d_out
        d_hidden = d_out @ W2.T
        d_pre = d_hidden * (pre > 0)
        d_W1 = xb.T @ d_pre

        # both gradients are there, now step
        W1[:] = W1 - lr * d_W1
        W2[:] = W2 - lr * d_W2
