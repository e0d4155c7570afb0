"""Homework 0 with closures: one function makes the batches, another the descent on an array it is given."""

import numpy as np


def log_sum_exp(Z):
    peak = np.max(Z, axis=-1)
    return peak + np.log(np.sum(np.exp(Z - peak[:, None]), axis=-1))


def softmax_loss(Z, y):
    return (log_sum_exp(Z) - Z[np.arange(Z.shape[0]), y]).mean()


def residual(Z, y):
    """softmax(Z) minus the one-hot labels."""
    out = np.exp(Z - log_sum_exp(Z)[:, None])
    out[np.arange(y.shape[0]), y] -= 1.0
    return out


def in_batches(X, y, batch):
    cuts = np.arange(batch, X.shape[0], batch)
    yield from zip(np.split(X, cuts), np.split(y, cuts))


def descent_on(weight, lr):
    def step(gradient):
        np.subtract(weight, lr * gradient, out=weight)

    return step


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    step = descent_on(theta, lr)
    for xb, yb in in_batches(X, y, batch):
        step(xb.T.dot(residual(xb.dot(theta), yb)) / yb.size)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    step1, step2 = descent_on(W1, lr), descent_on(W2, lr)
    for xb, yb in in_batches(X, y, batch):
        z = xb.dot(W1)
        a = z.clip(min=0)
        g2 = residual(a.dot(W2), yb) / yb.size
        g1 = np.where(z > 0, g2.dot(W2.T), 0.0)
        step1(xb.T.dot(g1))
        step2(a.T.dot(g2))
