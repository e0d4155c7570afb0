"""Notation: S = softmax, T = one-hot rows, lse = log-sum-exp. Reciprocal form S_j = 1 / sum_k exp(z_k - z_j)."""

import numpy as np

CAP = 700.0  # exp(700) is still finite; what is cut off there has a share below 1e-304


def lse(Z):
    centred = Z - Z.mean(axis=1, keepdims=True)
    top = np.amax(centred, axis=1, keepdims=True)
    return np.squeeze(np.log(np.einsum("nk->n", np.exp(centred - top))[:, None]) + top, 1), centred


def softmax(Z):
    gaps = np.minimum(Z[:, None, :] - Z[:, :, None], CAP)
    return np.reciprocal(np.einsum("njk->nj", np.exp(gaps)))


def one_hot(y, C):
    return np.equal.outer(np.asarray(y), np.arange(C)).astype(float)


def softmax_loss(Z, y):
    Z = np.asarray(Z, dtype=float)
    n, C = Z.shape
    value, centred = lse(Z)
    return (value.sum() - np.einsum("nk,nk->", one_hot(y, C), centred)) / n


def softmax_jacobian(S):
    """dS_j/dz_k = S_j (1[j = k] - S_k), (B, C, C)"""
    return S[:, :, None] * (np.eye(S.shape[1]) - S[:, None, :])


def blocks(n, batch):
    edges = np.append(np.arange(0, n, batch), n)
    return zip(edges[:-1], edges[1:])


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    C = theta.shape[1]
    for lo, hi in blocks(len(X), batch):
        x, T = X[lo:hi], one_hot(y[lo:hi], C)
        S = softmax(x @ theta)
        # sum_n sum_k x_ni (S_nk - T_nk): the outer products of all examples, averaged
        outer = np.einsum("ni,nk->nik", x, S - T)
        theta[...] = theta - lr * outer.mean(axis=0)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    H, C = W2.shape
    for lo, hi in blocks(len(X), batch):
        x, T = X[lo:hi], one_hot(y[lo:hi], C)
        U = x @ W1
        A = (U + np.abs(U)) / 2
        S = softmax(A @ W2)
        # T is a corner of the simplex: sum_j (S_j - T_j) 1 = 0, so nothing is lost by S - T
        G2 = S - T
        D = (U > 0)[:, :, None] * np.eye(H)
        G1 = np.einsum("nhj,jk,nk->nh", D, W2, G2, optimize=True)
        scale = lr / (hi - lo)
        new = W1 - scale * np.tensordot(x, G1, axes=(0, 0)), W2 - scale * np.tensordot(A, G2, axes=(0, 0))
        W1[...], W2[...] = new
