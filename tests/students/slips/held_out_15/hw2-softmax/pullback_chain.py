"""Softmax classifier as a composition of (value, pullback) pairs."""

from functools import reduce
from typing import Callable, NamedTuple

import numpy as np


class Node(NamedTuple):
    value: np.ndarray
    pullback: Callable


def linear(X):
    return lambda W: Node(X @ W, lambda g: X.T @ g)


def shift(S):
    # subtracting a constant of each row: the gradient of what follows sums to 0 over the row
    return Node(S - S.max(axis=-1, keepdims=True), lambda g: g)


def log_normalise(S):
    lse = np.log(np.exp(S).sum(axis=-1, keepdims=True))
    out = S - lse
    return Node(out, lambda g: g - np.exp(out) * g.sum(axis=-1, keepdims=True))


def mean_nll(T):
    return lambda logp: Node(-(T * logp).sum(axis=-1).mean(), lambda g: -g * T / len(T))


def ridge(lamda):
    return lambda W: Node(lamda / 2 * (W**2).sum(), lambda g: g * lamda * W)


def then(node, f):
    nxt = f(node.value)
    return Node(nxt.value, lambda g: node.pullback(nxt.pullback(g)))


def compose(*fs):
    return lambda x: reduce(then, fs, Node(x, lambda g: g))


def plus(f, h):
    def both(x):
        a, b = f(x), h(x)
        return Node(a.value + b.value, lambda g: a.pullback(g) + b.pullback(g))

    return both


def softmax_classifier(W, input, label, lamda):
    objective = plus(compose(linear(input), shift, log_normalise, mean_nll(label)), ridge(lamda))
    node = objective(W)
    classify = compose(linear(input), shift, log_normalise)
    return node.value, node.pullback(1.0), classify(W).value.argmax(axis=-1)
