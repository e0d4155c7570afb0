from functools import partial

import numpy as np

lse = partial(np.logaddexp.reduce, axis=-1)
relu = lambda v: (v + abs(v)) / 2
cuts = lambda n, b: (slice(i, i + b) for i in range(0, n, b))


def delta(S, t):
    """mean gradient by the logits: one row an example"""
    G = np.exp(S - lse(S)[..., None])
    G[(*np.indices(t.shape), t)] -= 1
    return G / t.size


def softmax_loss(Z, y):
    return np.average(lse(Z) - Z[(*np.indices(y.shape), y)])


def descend(lr, *pairs):
    for w, g in pairs:
        np.subtract(w, lr * g, out=w)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for s in cuts(len(y), batch):
        descend(lr, (theta, np.einsum('nd,nc->dc', X[s], delta(X[s] @ theta, y[s]))))


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for s in cuts(len(y), batch):
        x, t = X[s], y[s]
        a = relu(x @ W1)
        g = delta(a @ W2, t)
        descend(lr, (W1, np.einsum('nd,nc,hc,nh->dh', x, g, W2, np.sign(a), optimize=True)), (W2, np.einsum('nh,nc->hc', a, g)))
