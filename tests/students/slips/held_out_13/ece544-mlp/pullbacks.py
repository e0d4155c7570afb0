from functools import reduce
from itertools import count, pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def relu(z):
    return np.where(z > 0, z, 0), lambda d: np.where(z > 0, d, 0)


def sigmoid(z):
    a = np.exp(-np.logaddexp(0, -z))
    return a, lambda d: d * a * (1 - a)


def tanh(z):
    a = np.tanh(z)
    return a, lambda d: d * (1 - a) * (1 + a)


def layers(params):
    return [(i, params[f"W{i}"], params[f"b{i}"]) for i in range(1, len(params) // 2 + 1)]


def affine(x, i, W, b):
    return x @ W + b, lambda d: (d @ W.T, {f"W{i}": x.T @ d, f"b{i}": d.sum(0)[None]})


def logits_of(X, params, act):
    f, tape, a = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}[act], [], X
    for i, W, b in layers(params):
        if i > 1:
            a, back = f(a)
            tape.append(lambda d, back=back: (back(d), {}))
        a, back = affine(a, i, W, b)
        tape.append(back)
    return a, tape


def forward(X, params, act):
    s, tape = logits_of(X, params, act)
    e = np.exp(s - s.max(1)[:, None])
    p = e / e.sum(1)[:, None]
    return p, (p, tape)


def backward(cache, T):
    p, tape = cache

    def pull(state, back):
        d, grads = state
        d, more = back(d)
        return d, {**more, **grads}

    return reduce(pull, reversed(tape), ((p - T) / T.shape[0], {}))[1]


def predict(X, params, act):
    return logits_of(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    return np.bincount(K * y + yhat, minlength=K * K).reshape(K, K)


def batches(n, size, rng):
    order = np.arange(n)
    while True:
        rng.shuffle(order)
        yield [order[i : i + size] for i in range(0, n, size)]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    C = max(y.max(), yv.max()) + 1
    sizes = [X.shape[1], *np.atleast_1d(hidden), C]
    params = {}
    for i, (m, n) in zip(count(1), pairwise(sizes)):
        r = np.sqrt(6 / (m if act == "relu" else m + n))
        params |= {f"W{i}": rng.uniform(-r, r, (m, n)), f"b{i}": np.zeros((1, n))}
    v = dict.fromkeys(params, 0.)
    T = (y[:, None] == np.arange(C)) * 1.
    for _, epoch in zip(range(epochs), batches(len(X), batch_size, rng)):
        for rows in epoch:
            g = backward(forward(X[rows], params, act)[1], T[rows])
            v = {k: momentum * v[k] + lr * g[k] for k in params}
            params = {k: w - v[k] for k, w in params.items()}
    return params


def tdnn1d(x, w, b):
    return np.einsum("ndtk,hdk->nht", sliding_window_view(x, w.shape[2], 2), w) + b[:, None]


def tdnn1d_backward(dout, x, w):
    W = w.shape[2]
    padded = np.pad(dout, ((0, 0), (0, 0), (W - 1, W - 1)))
    dx = np.einsum("nhsk,hdk->nds", sliding_window_view(padded, W, 2), w[:, :, ::-1])
    dw = np.einsum("nht,ndtk->hdk", dout, sliding_window_view(x, W, 2))
    return dx, dw, dout.sum((0, 2))
