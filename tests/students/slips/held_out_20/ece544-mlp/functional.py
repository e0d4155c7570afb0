"""A perceptron in functional style: forward returns closures that pull gradients back, training is a fold over batches."""

from functools import partial, reduce
from itertools import chain, pairwise
from operator import itemgetter

import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -z))


def activation(name):
    """(value from z, slope from the value)."""
    return {
        "relu": (lambda z: np.maximum(z, 0.0), lambda a: (a > 0).astype(float)),
        "sigmoid": (sigmoid, lambda a: a * (1.0 - a)),
        "tanh": (np.tanh, lambda a: 1.0 - np.square(a)),
    }[name]


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def as_pairs(params):
    """(W1, b1), (W2, b2), ..."""
    depth = len(params) // 2
    return tuple((params[f"W{i}"], params[f"b{i}"]) for i in range(1, depth + 1))


def as_params(pairs):
    return dict(chain.from_iterable(((f"W{i}", W), (f"b{i}", b)) for i, (W, b) in enumerate(pairs, 1)))


def affine(pair, x):
    W, b = pair

    def pull(delta):
        return delta @ W.T, (x.T @ delta, delta.sum(axis=0).reshape(np.shape(b)))

    return x @ W + b, pull


def forward(X, params, act):
    value, slope = activation(act)
    *hidden, last = as_pairs(params)

    def through(state, pair):
        x, tape = state
        z, pull_affine = affine(pair, x)
        a = value(z)
        return a, (*tape, (pull_affine, partial(np.multiply, slope(a))))

    top, tape = reduce(through, hidden, (X, ()))
    logits, pull_last = affine(last, top)
    probs = softmax(logits)
    return probs, (probs, (*tape, (pull_last, lambda delta: delta)))


def backward(cache, T):
    probs, tape = cache

    def back(state, pulls):
        delta, found = state
        pull_affine, pull_activation = pulls
        below, pair = pull_affine(pull_activation(delta))
        return below, (pair, *found)

    _, pairs = reduce(back, reversed(tape), ((probs - T) / T.shape[0], ()))
    return as_params(pairs)


def predict(X, params, act):
    return np.argmax(itemgetter(0)(forward(X, params, act)), axis=1)


def confusion_matrix(y, yhat, K):
    return np.array([[np.sum((y == true) & (yhat == guess)) for guess in range(K)] for true in range(K)])


def first_weights(rng, act, sizes):
    def deviation(fan_in, fan_out):
        return np.sqrt(2 / fan_in if act == "relu" else 2 / (fan_in + fan_out))

    return as_params([(deviation(m, n) * rng.standard_normal((m, n)), np.zeros((1, n))) for m, n in pairwise(sizes)])


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N, classes = len(X), 1 + int(max(np.max(y), np.max(yv)))
    T = (y[:, None] == np.arange(classes)).astype(float)

    def batches():
        """Every batch of every epoch, one after the other."""
        for _ in range(epochs):
            order = rng.permutation(N)
            Xs, Ts = X[order], T[order]
            yield from ((Xs[i : i + batch_size], Ts[i : i + batch_size]) for i in range(0, N, batch_size))

    def step(state, batch):
        params, velocity = state
        x, t = batch
        gradient = backward(forward(x, params, act)[1], t)
        moved = {name: momentum * velocity[name] + lr * gradient[name] for name in params}
        return {name: params[name] - moved[name] for name in params}, moved

    sizes = (X.shape[1], *np.atleast_1d(hidden).tolist(), classes)
    start = first_weights(rng, act, sizes)
    at_rest = {name: np.zeros_like(value) for name, value in start.items()}
    return reduce(step, batches(), (start, at_rest))[0]
