"""Multinomial logistic fits, index notation: b sample, d input, h hidden, c class. Sums over repeated indices."""

import numpy as np

ETA = 0.1
BATCH = 100


def kronecker(y, C):
    """t_bc = delta(y_b, c)."""
    return (np.asarray(y)[:, None] == np.arange(C)[None, :]).astype(float)


def log_partition(Z):
    """ln Z_b = ln sum_c exp(Z_bc), taken relative to the largest term."""
    top = Z.max(axis=1)
    return top + np.log(np.einsum("bc->b", np.exp(Z - top[:, None])))


def boltzmann(Z):
    return np.exp(Z - log_partition(Z)[:, None])


def heaviside(z):
    return np.where(z > 0, 1.0, 0.0)


def softmax_loss(Z, y):
    t = kronecker(y, Z.shape[1])
    return (log_partition(Z).sum() - np.einsum("bc,bc->", t, Z)) / Z.shape[0]


def softmax_regression_epoch(X, y, theta, lr=ETA, batch=BATCH):
    N, C = X.shape[0], theta.shape[1]
    for b0 in np.arange(0, N, batch):
        x = X[b0 : b0 + batch]
        B = x.shape[0]
        delta = boltzmann(np.einsum("bd,dc->bc", x, theta)) - kronecker(y[b0 : b0 + batch], C)
        theta[...] = theta - lr / B * np.einsum("bd,bc->dc", x, delta)


def nn_epoch(X, y, W1, W2, lr=ETA, batch=BATCH):
    N, C = X.shape[0], W2.shape[1]
    for b0 in np.arange(0, N, batch):
        x, t = X[b0 : b0 + batch], kronecker(y[b0 : b0 + batch], C)
        B = x.shape[0]
        z1 = np.einsum("bd,dh->bh", x, W1)
        a1 = heaviside(z1) * z1
        z2 = np.einsum("bh,hc->bc", a1, W2)
        delta2 = (boltzmann(z2) - t) / B
        delta1 = np.einsum("bc,hc->bh", delta2, W2) * heaviside(z1)
        gradient1 = np.einsum("bd,bh->dh", x, delta1)
        gradient2 = np.einsum("bh,bc->hc", a1, delta2)
        W2[...] = W2 - lr * gradient2
        W1[...] = W1 - lr * gradient1
