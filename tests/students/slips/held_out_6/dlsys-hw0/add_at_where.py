"""hw0 with np.add.at for the labels and np.where for the ReLU."""

import numpy as np


def add(x, y):
    return x + y


def normalize(logits):
    """Softmax of each row."""
    exps = np.exp(logits - np.max(logits, axis=1)[:, None])
    return exps / np.sum(exps, axis=1)[:, None]


def softmax_loss(Z, y):
    """Average softmax loss; the shift goes in and out again."""
    shift = Z.max(axis=1)
    sums = np.zeros(Z.shape[0])
    for k in range(Z.shape[1]):
        sums += np.exp(Z[:, k] - shift)
    picked = np.take_along_axis(Z, y[:, None].astype(int), axis=1)[:, 0]
    return (np.log(sums) + shift - picked).mean()


def batches(X, y, batch):
    """Pairs of inputs and labels, in order; the last may be smaller."""
    n_batches = -(-X.shape[0] // batch)
    for i in range(n_batches):
        low, high = i * batch, min((i + 1) * batch, X.shape[0])
        yield X[low:high], y[low:high]


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for xb, yb in batches(X, y, batch):
        error = normalize(xb @ theta)
        np.add.at(error, (np.arange(len(yb)), yb), -1.0)
        grad = xb.T @ error / len(yb)
        np.subtract(theta, lr * grad, out=theta)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for xb, yb in batches(X, y, batch):
        pre = np.matmul(xb, W1)
        hidden = np.where(pre > 0, pre, 0.0)
        error = normalize(np.matmul(hidden, W2))
        np.add.at(error, (np.arange(len(yb)), yb), -1.0)
        error = error / len(yb)
        back = np.where(pre > 0, np.matmul(error, W2.T), 0.0)
        grad1 = np.matmul(np.transpose(xb), back)
        grad2 = np.matmul(np.transpose(hidden), error)
        W1[...] = W1 - lr * grad1
        W2[...] = W2 - lr * grad2
