"""Perceptron as a composition of maps; slopes as functions of the activation; labels as Kronecker deltas."""

import numpy as np


def _depth(params):
    return len(params) // 2


def _value(z, act):
    if act == "relu":
        return z * np.heaviside(z, 0.0)
    if act == "sigmoid":
        return 0.5 * (1.0 + np.tanh(0.5 * z))
    return np.tanh(z)


def _slope(z, act):
    if act == "relu":
        return np.heaviside(z, 0.0)
    if act == "sigmoid":
        s = _value(z, act)
        return s * (1.0 - s)
    return 1.0 - np.tanh(z) ** 2


def _log_softmax(z):
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


def forward(X, params, act):
    L = _depth(params)
    z = [None] * (L + 1)
    a = [X] + [None] * L
    for l in range(1, L + 1):
        z[l] = np.einsum("nd,dh->nh", a[l - 1], params[f"W{l}"]) + np.atleast_2d(params[f"b{l}"])
        a[l] = _value(z[l], act) if l < L else np.exp(_log_softmax(z[l]))
    return a[L], (a, z, {l: params[f"W{l}"] for l in range(1, L + 1)}, act)


def backward(cache, T):
    a, z, W, act = cache
    L = len(W)
    n = T.shape[0]
    adjoint = {L: (a[L] - T) / n}
    for l in range(L, 1, -1):
        pulled_back = np.einsum("nh,dh->nd", adjoint[l], W[l])
        adjoint[l - 1] = pulled_back * _slope(z[l - 1], act)
    gradients = {f"W{l}": np.einsum("nd,nh->dh", a[l - 1], adjoint[l]) for l in range(1, L + 1)}
    gradients.update({f"b{l}": adjoint[l].sum(axis=0)[None, :] for l in range(1, L + 1)})
    return gradients


def predict(X, params, act):
    p, _ = forward(X, params, act)
    return np.argsort(-p, axis=1, kind="stable")[:, 0]


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (y, yhat), 1)
    return counts


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    C = 1 + max(np.max(y), np.max(yv))
    widths = np.concatenate([[X.shape[1]], np.atleast_1d(hidden), [C]]).astype(int)
    delta = (y[:, None] == np.arange(C)).astype(float)

    params, velocity = {}, {}
    for l, (m, k) in enumerate(zip(widths[:-1], widths[1:]), start=1):
        variance = 2.0 / m if act == "relu" else 2.0 / (m + k)
        params[f"W{l}"] = rng.normal(scale=variance**0.5, size=(m, k))
        params[f"b{l}"] = np.zeros((1, k))
    for name in params:
        velocity[name] = 0.0 * params[name]

    n = y.size
    for _ in range(epochs):
        # a random key for each example: sorting the keys shuffles the examples
        order = np.argsort(rng.random(n))
        batch_of = np.arange(n) // batch_size
        for b in range(batch_of[-1] + 1):
            rows = order[batch_of == b]
            _, cache = forward(X[rows], params, act)
            force = backward(cache, delta[rows])
            for name, g in force.items():
                velocity[name] = momentum * velocity[name] + lr * g
                params[name] = params[name] - velocity[name]
    return params


def tdnn1d(x, w, b):
    """out[n, h, t] = b[h] + sum w[h, d, k] x[n, d, t + k]."""
    width = w.shape[2]
    t = np.arange(x.shape[2] - width + 1)
    windows = x[:, :, t[:, None] + np.arange(width)]
    return np.einsum("hdk,ndtk->nht", w, windows) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    width, places = w.shape[2], dout.shape[2]
    index = np.arange(places)[:, None] + np.arange(width)
    dx = np.zeros(x.shape)
    np.add.at(dx, (slice(None), slice(None), index), np.einsum("nht,hdk->ndtk", dout, w))
    dw = np.einsum("nht,ndtk->hdk", dout, x[:, :, index])
    return dx, dw, dout.sum(axis=(0, 2))
