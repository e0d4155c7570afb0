"""A perceptron as a chain of (value, pullback); the cache is the pullback of the whole chain."""

from functools import reduce
from itertools import accumulate, chain, pairwise, repeat
from typing import Callable, NamedTuple

import numpy as np


class Layer(NamedTuple):
    value: np.ndarray
    pullback: Callable  # gradient of the value -> gradient of the input, dict of gradients


def relu(z):
    on = z > 0
    return z * on, lambda g: g * on


def sigmoid(z):
    a = np.exp(-np.logaddexp(0, -z))
    return a, lambda g: g * a * (1 - a)


def tanh(z):
    a = np.tanh(z)
    return a, lambda g: g * (1 - a**2)


def activation(act):
    return {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}[act]


def identity(z):
    return z, lambda g: g


def affine(i, params, f):
    W, b = params[f"W{i}"], params[f"b{i}"]

    def run(x):
        value, through = f(x @ W + b)

        def pullback(g):
            d = through(g)
            return d @ W.T, {f"W{i}": x.T @ d, f"b{i}": d.sum(axis=0)[None]}

        return Layer(value, pullback)

    return run


def softmax(z):
    return (lambda e: e / e.sum(axis=1, keepdims=True))(np.exp(z - z.max(axis=1, keepdims=True)))


def forward(X, params, act):
    L = len(params) // 2
    fs = [activation(act) if i < L else identity for i in range(1, L + 1)]
    nets = [affine(i, params, f) for i, f in enumerate(fs, start=1)]
    layers = list(accumulate(nets, lambda done, net: net(done.value), initial=Layer(X, None)))[1:]
    probs = softmax(layers[-1].value)

    def pullback(T):
        def back(state, layer):
            g, grads = state
            down, own = layer.pullback(g)
            return down, {**own, **grads}

        return reduce(back, reversed(layers), ((probs - T) / len(T), {}))[1]

    return probs, pullback


def backward(cache, T):
    return cache(T)


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], axis=1)


def confusion_matrix(y, yhat, K):
    return np.eye(K)[y].T @ np.eye(K)[yhat]


def batches(rng, n, size):
    return (lambda order: (order[s : s + size] for s in range(0, n, size)))(rng.permutation(n))


def first(sizes, act, rng):
    def deviation(a, b):
        return np.sqrt(2 / a if act == "relu" else 2 / (a + b))

    return {
        name: value
        for i, (a, b) in enumerate(pairwise(sizes), start=1)
        for name, value in ((f"W{i}", rng.normal(0, deviation(a, b), (a, b))), (f"b{i}", np.zeros((1, b))))
    }


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    classes = 1 + max(map(int, chain(y, yv)))
    T = np.equal.outer(y, range(classes)).astype(float)
    params = first([X.shape[1], *np.atleast_1d(hidden).tolist(), classes], act, rng)

    def step(state, rows):
        w, v = state
        grads = backward(forward(X[rows], w, act)[1], T[rows])
        v = {k: momentum * v[k] + lr * grads[k] for k in w}
        return {k: w[k] - v[k] for k in w}, v

    stream = chain.from_iterable(batches(rng, len(X), batch_size) for _ in repeat(None, epochs))
    return reduce(step, stream, (params, {k: np.zeros_like(p) for k, p in params.items()}))[0]


def tdnn1d(x, w, b):
    V = x.shape[2] - w.shape[2] + 1
    return sum(w[:, :, k] @ x[:, :, k : k + V] for k in range(w.shape[2])) + b[:, None]


def tdnn1d_backward(dout, x, w):
    V, K = dout.shape[2], w.shape[2]
    dx = sum(np.pad(w[:, :, k].T @ dout, ((0, 0), (0, 0), (k, K - 1 - k))) for k in range(K))
    dw = np.stack([(dout @ x[:, :, k : k + V].swapaxes(1, 2)).sum(axis=0) for k in range(K)], axis=-1)
    return dx, dw, dout.sum(axis=(0, 2))
