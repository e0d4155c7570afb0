"""Feed-forward network, index notation: n sample, i unit below, j unit above. z field, a response, delta = dL/dz."""

from collections import namedtuple

import numpy as np

RATE, FRICTION, BATCH, SWEEPS = 0.1, 0.9, 32, 30
VARIANCE = 2.0

Trajectory = namedtuple("Trajectory", "a z W probs act")


def phi(z, act):
    """Response of a unit to its field."""
    if act == "sigmoid":
        return np.exp(-np.logaddexp(0.0, -z))
    return np.tanh(z) if act == "tanh" else np.clip(z, 0.0, None)


def dphi(z, a, act):
    """d phi / d z, from the field and the response."""
    if act == "sigmoid":
        return a * (1.0 - a)
    return 1.0 - a * a if act == "tanh" else np.heaviside(z, 0.0)


def gibbs(z):
    e = np.exp(z - z.max(axis=-1)[:, None])
    return e / np.einsum("nk->n", e)[:, None]


def forward(X, params, act):
    L = len(params) // 2
    a, z = [X], []
    for l in range(1, L + 1):
        z.append(np.einsum("ni,ij->nj", a[l - 1], params[f"W{l}"]) + params[f"b{l}"])
        a.append(phi(z[l - 1], act) if l < L else z[l - 1])
    probs = gibbs(a[L])
    W = [params[f"W{l}"] for l in range(1, L + 1)]
    return probs, Trajectory(a, z, W, probs, act)


def backward(cache, T):
    a, z, W, probs, act = cache
    L = len(W)
    delta = {L: (probs - T) / T.shape[0]}
    for l in range(L - 1, 0, -1):
        delta[l] = np.einsum("nj,ij->ni", delta[l + 1], W[l]) * dphi(z[l - 1], a[l], act)
    grads = {}
    for l in range(1, L + 1):
        grads[f"W{l}"] = np.einsum("ni,nj->ij", a[l - 1], delta[l])
        grads[f"b{l}"] = np.einsum("nj->j", delta[l])[None, :]
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y, yhat, K):
    t, p = np.eye(K)[np.asarray(y)], np.eye(K)[np.asarray(yhat)]
    return np.einsum("ni,nj->ij", t, p)


def train(X, y, Xv, yv, hidden, act, rng, lr=RATE, momentum=FRICTION, batch_size=BATCH, epochs=SWEEPS):
    n_k = int(np.max(np.concatenate([y, yv]))) + 1
    sizes = np.concatenate([[X.shape[1]], np.atleast_1d(hidden), [n_k]]).astype(int)
    T = np.eye(n_k)[y]
    params = {}
    for l, (i, j) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        sigma2 = VARIANCE / i if act == "relu" else VARIANCE / (i + j)
        params[f"W{l}"] = np.sqrt(sigma2) * rng.normal(size=(i, j))
        params[f"b{l}"] = np.zeros((1, j))
    v = {q: np.zeros_like(params[q]) for q in params}
    for _ in range(epochs):
        n = rng.permutation(X.shape[0])
        for block in np.split(n, np.arange(batch_size, n.size, batch_size)):
            _, path = forward(X[block], params, act)
            force = backward(path, T[block])
            for q in force:
                v[q] = momentum * v[q] + lr * force[q]
                params[q] = params[q] - v[q]
    return params


def tdnn1d(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    return np.einsum("hdk,ndtk->nht", w, windows) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    K = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, K, axis=2)
    padded = np.pad(dout, ((0, 0), (0, 0), (K - 1, K - 1)))
    around = np.lib.stride_tricks.sliding_window_view(padded, K, axis=2)
    dx = np.einsum("nhsk,hdk->nds", around, w[:, :, ::-1])
    return dx, np.einsum("nht,ndtk->hdk", dout, windows), np.einsum("nht->h", dout)
