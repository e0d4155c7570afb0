"""Softmax regression and a two-layer network with every array allocated once per call."""
import numpy as np


def _softmax_(buf):
    """buf (B, C) becomes its row-wise softmax."""
    buf -= buf.max(axis=1, keepdims=True)
    np.exp(buf, out=buf)
    buf /= buf.sum(axis=1, keepdims=True)


def softmax_loss(Z, y):
    work = Z.astype(float, copy=True)
    work -= work.max(axis=1, keepdims=True)
    picked = np.take_along_axis(work, np.asarray(y, dtype=np.intp)[:, None], axis=1)[:, 0]
    np.exp(work, out=work)
    total = np.add.reduce(work, axis=1)
    np.log(total, out=total)
    total -= picked
    return float(total.mean())


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n, c = X.shape[0], theta.shape[1]
    rows = np.arange(batch)
    logits = np.empty((batch, c))
    grad = np.zeros_like(theta)
    for lo in range(0, n, batch):
        hi = min(lo + batch, n)
        x, delta = X[lo:hi], logits[: hi - lo]
        np.matmul(x, theta, out=delta)
        _softmax_(delta)
        delta[rows[: hi - lo], y[lo:hi]] -= 1
        np.matmul(x.T, delta, out=grad)
        grad *= lr / (hi - lo)
        np.subtract(theta, grad, out=theta)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n, h, c = X.shape[0], W1.shape[1], W2.shape[1]
    rows = np.arange(batch)
    hidden_all, back_all, out_all = np.empty((batch, h)), np.empty((batch, h)), np.empty((batch, c))
    step1, step2 = np.empty_like(W1), np.empty_like(W2)
    for lo in range(0, n, batch):
        m = min(batch, n - lo)
        x = X[lo : lo + m]
        hidden, back, out = hidden_all[:m], back_all[:m], out_all[:m]
        np.matmul(x, W1, out=hidden)
        np.maximum(hidden, 0, out=hidden)
        np.matmul(hidden, W2, out=out)
        _softmax_(out)
        out[rows[:m], y[lo : lo + m]] -= 1
        out *= lr / m  # from here on everything is a step, not a gradient
        np.matmul(out, W2.T, out=back)
        back[hidden <= 0] = 0
        np.matmul(hidden.T, out, out=step2)
        np.matmul(x.T, back, out=step1)
        W2 -= step2
        W1 -= step1
