"""Examples as columns and biases as an extra row of ones; everything else follows from that.

Inside, layer i is one matrix M_i (H_i, H_(i-1) + 1) = [W_i^T  b_i^T], and A_i has a last row of ones.
"""

from typing import NamedTuple

import numpy as np


class Cache(NamedTuple):
    matrices: tuple
    inputs: tuple  # extended, (H + 1, N)
    probs: np.ndarray  # (C, N)
    act: str


def extended(A):
    return np.concatenate([A, np.ones((1, A.shape[1]))], axis=0)


def joined(params):
    """Dictionary -> tuple of matrices."""
    return tuple(
        np.concatenate([params[f"W{i}"].T, np.reshape(params[f"b{i}"], (-1, 1))], axis=1)
        for i in range(1, len(params) // 2 + 1)
    )


def parted(matrices):
    """Tuple of matrices -> dictionary."""
    named = {}
    for i, M in enumerate(matrices, start=1):
        named[f"W{i}"] = np.ascontiguousarray(M[:, :-1].T)
        named[f"b{i}"] = M[:, -1].reshape(1, -1).copy()
    return named


def squash(Z, act):
    match act:
        case "relu":
            return np.fmax(Z, 0)
        case "tanh":
            return np.tanh(Z)
        case "sigmoid":
            e = np.exp(-np.abs(Z))  # at most 1
            tail = e / (1 + e)
            return np.where(Z < 0, tail, 1 - tail)
        case _:
            raise KeyError(act)


def slope(A, act):
    match act:
        case "relu":
            return A > 0
        case "tanh":
            return 1 - A**2
        case _:
            return A * (1 - A)


def _up(x, matrices, act):
    inputs = [extended(x)]
    for M in matrices[:-1]:
        inputs.append(extended(squash(M @ inputs[-1], act)))
    logits = matrices[-1] @ inputs[-1]
    odds = np.exp(logits - np.amax(logits, axis=0, keepdims=True))
    odds /= odds.sum(axis=0, keepdims=True)
    return Cache(tuple(matrices), tuple(inputs), odds, act)


def _down(cache, t):
    """Gradients of the matrices, last first turned to first first."""
    d = (cache.probs - t) / t.shape[1]
    found = [d @ cache.inputs[-1].T]
    for M, A in zip(cache.matrices[:0:-1], cache.inputs[:0:-1]):
        d = (M[:, :-1].T @ d) * slope(A[:-1], cache.act)
        below = cache.inputs[len(cache.inputs) - 1 - len(found)]
        found.append(d @ below.T)
    return found[::-1]


def forward(X, params, act):
    cache = _up(X.T, joined(params), act)
    return cache.probs.T.copy(), cache


def backward(cache, T):
    return parted(_down(cache, T.T))


def predict(X, params, act):
    return _up(X.T, joined(params), act).probs.argmax(axis=0)


def confusion_matrix(y, yhat, K):
    table = np.zeros((K, K), dtype=np.int64)
    np.add.at(table, (np.asarray(y), np.asarray(yhat)), 1)
    return table


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n = X.shape[0]
    classes = int(max(y.max(), yv.max())) + 1
    widths = [X.shape[1], *(hidden if np.ndim(hidden) else [hidden]), classes]

    matrices, velocities = [], []
    for before, after in zip(widths, widths[1:]):
        deviation = np.sqrt(2 / before) if act == "relu" else np.sqrt(2 / (before + after))
        M = rng.normal(0, deviation, (after, before + 1))
        M[:, -1] = 0  # biases
        matrices.append(M)
        velocities.append(np.zeros_like(M))

    x, t = X.T, np.identity(classes)[:, y]
    shuffler = np.random.default_rng(rng.integers(2**32))
    for _ in range(epochs):
        waiting = shuffler.permutation(n).tolist()
        while waiting:
            batch, waiting = waiting[:batch_size], waiting[batch_size:]
            gradients = _down(_up(x[:, batch], matrices, act), t[:, batch])
            # v = momentum v - lr g and w = w + v: the signs of both turned round
            velocities = [momentum * v - lr * g for v, g in zip(velocities, gradients)]
            matrices = [M + v for M, v in zip(matrices, velocities)]
    return parted(matrices)


def tdnn1d(x, w, b):
    """Each pair of signals and kernels by numpy.correlate."""
    N, H, V = len(x), len(w), x.shape[2] - w.shape[2] + 1
    out = np.empty((N, H, V))
    for n in range(N):
        for h in range(H):
            out[n, h] = b[h] + sum(np.correlate(x[n, d], w[h, d], "valid") for d in range(x.shape[1]))
    return out


def tdnn1d_backward(dout, x, w):
    N, D, _ = x.shape
    H = len(w)
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for n, h, d in np.ndindex(N, H, D):
        dx[n, d] += np.convolve(dout[n, h], w[h, d], "full")
        dw[h, d] += np.correlate(x[n, d], dout[n, h], "valid")
    return dx, dw, dout.sum(axis=2).sum(axis=0)
