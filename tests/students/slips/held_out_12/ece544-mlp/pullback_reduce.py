"""The cache is a list of closures; backward folds over it from the end."""

from functools import reduce
from itertools import pairwise

import numpy as np


class Act:
    """value, and slope as a function of the value."""

    table = {
        "relu": (lambda z: (z + np.abs(z)) / 2, lambda a: np.heaviside(a, 0)),
        "sigmoid": (lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z))), lambda a: a * (1 - a)),
        "tanh": (np.tanh, lambda a: 1 - np.square(a)),
    }


def affine(A, W, b, number):
    """A W + b, and how a derivative goes back through it."""

    def back(d, grads):
        grads[f"W{number}"] = np.einsum("ni,nj->ij", A, d)
        grads[f"b{number}"] = np.einsum("nj->j", d)[np.newaxis]
        return np.einsum("nj,ij->ni", d, W), grads

    return np.einsum("ni,ij->nj", A, W) + b, back


def bend(Z, act):
    value, slope = Act.table[act]
    A = value(Z)
    return A, lambda d, grads: (d * slope(A), grads)


def normalise(Z):
    """Softmax; the way back starts from the targets."""
    E = np.exp(Z - np.max(Z, axis=1)[:, None])
    P = E / np.sum(E, axis=1)[:, None]
    return P, lambda T, grads: ((P - T) / P.shape[0], grads)


def forward(X, params, act):
    depth = len(params) // 2
    backs, A = [], X
    for number in range(1, depth + 1):
        A, back = affine(A, params[f"W{number}"], params[f"b{number}"], number)
        backs.append(back)
        A, back = bend(A, act) if number < depth else normalise(A)
        backs.append(back)
    return A, backs


def backward(cache, T):
    _, grads = reduce(lambda state, back: back(*state), reversed(cache), (T, {}))
    return {name: grads[name] for name in sorted(grads)}


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(axis=-1)


def confusion_matrix(y, yhat, K):
    classes = np.arange(K)
    truth = np.equal(np.reshape(y, (-1, 1)), classes).astype(int)
    guess = np.equal(np.reshape(yhat, (-1, 1)), classes).astype(int)
    return truth.T @ guess


def batches(n, size, epochs, rng):
    """The row numbers of every batch of every epoch."""
    for _ in range(epochs):
        ranks = np.argsort(rng.random(n))
        for start in range(0, n, size):
            yield ranks[start : start + size]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    y = np.asarray(y)
    C = int(np.concatenate([y, np.asarray(yv)]).max()) + 1
    T = (y[:, None] == np.arange(C)[None, :]).astype(float)
    units = tuple(hidden) if isinstance(hidden, (tuple, list, np.ndarray)) else (int(hidden),)

    state = {}  # name -> (parameter, velocity)
    for number, (fan_in, fan_out) in enumerate(pairwise((X.shape[1], *units, C)), 1):
        variance = 2 / fan_in if act == "relu" else 2 / (fan_in + fan_out)
        for name, start in (
            (f"W{number}", np.sqrt(variance) * rng.standard_normal(size=(fan_in, fan_out))),
            (f"b{number}", np.zeros((1, fan_out))),
        ):
            state[name] = (start, np.zeros_like(start))

    def params():
        return {name: w for name, (w, _) in state.items()}

    for rows in batches(len(X), batch_size, epochs, rng):
        grads = backward(forward(X[rows], params(), act)[1], T[rows])
        for name, (w, v) in state.items():
            v = momentum * v + lr * grads[name]
            state[name] = (w - v, v)
    return params()


def tdnn1d(x, w, b):
    N, D, L = x.shape
    H, _, width = w.shape
    V = L - width + 1
    # (N, V, D * W) patches times (D * W, H)
    patches = np.stack([x[:, :, t : t + width].reshape(N, -1) for t in range(V)], axis=1)
    return (patches @ w.reshape(H, -1).T + b).transpose(0, 2, 1)


def tdnn1d_backward(dout, x, w):
    N, D, L = x.shape
    H, _, width = w.shape
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for t in range(dout.shape[2]):
        at_t = dout[:, :, t]  # (N, H)
        patch = x[:, :, t : t + width]
        dw += (at_t.T @ patch.reshape(N, -1)).reshape(H, D, width)
        dx[:, :, t : t + width] += (at_t @ w.reshape(H, -1)).reshape(N, D, width)
    return dx, dw, np.einsum("nht->h", dout)
