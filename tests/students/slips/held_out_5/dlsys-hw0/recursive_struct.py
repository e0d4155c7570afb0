import numpy as np
from collections import namedtuple

Step = namedtuple("Step", "x hot size")


def softmax_loss(Z, y):
    hot = np.arange(Z.shape[1])[None] == y[:, None]
    Zs = Z - Z.max(1)[:, None]
    return np.log(np.exp(Zs).sum(1)).mean() - Zs[hot].mean()


def make_steps(X, y, k, batch):
    if len(X) == 0:
        return []
    head = Step(X[:batch], (np.arange(k)[None] == y[:batch, None]) * 1.0, len(X[:batch]))
    return [head] + make_steps(X[batch:], y[batch:], k, batch)


def prob(Z):
    E = np.exp(Z - np.max(Z, 1)[..., None])
    return (E.T / E.sum(1)).T


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for step in make_steps(X, y, theta.shape[1], batch):
        residual = step.hot - prob(step.x @ theta)
        theta += lr * np.tensordot(step.x, residual, axes=(0, 0)) / step.size


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for step in make_steps(X, y, W2.shape[1], batch):
        H = np.fmax(step.x @ W1, 0)
        residual = step.hot - prob(H @ W2)
        hidden_residual = np.sign(H) * np.tensordot(residual, W2, axes=(1, 1))
        ups = np.tensordot(step.x, hidden_residual, axes=(0, 0)), np.tensordot(H, residual, axes=(0, 0))
        for w, up in zip((W1, W2), ups):
            w[...] += lr / step.size * up
