#!/usr/bin/env python3
"""ECE 544 MP2 part II.

>>> confusion_matrix(np.array([0, 1, 1]), np.array([0, 1, 0]), 2).tolist()
[[1, 0], [1, 1]]
"""
import argparse
import functools
import time
import unittest
import warnings
from contextlib import contextmanager
from numbers import Integral
from types import SimpleNamespace

import numpy as np

try:
    from scipy.special import expit
except ImportError:
    def expit(z):
        return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))

try:
    import cupy as xp
except ImportError:
    xp = np

np.seterr(all="raise", under="ignore")
warnings.filterwarnings("error", category=RuntimeWarning)

TIMES = []


@functools.singledispatch
def as_sizes(hidden):
    return tuple(int(h) for h in hidden)


@as_sizes.register(Integral)
@as_sizes.register(np.integer)
def _(hidden):
    return (int(hidden),)


@contextmanager
def stopwatch(store):
    start = time.perf_counter()
    yield
    store.append(time.perf_counter() - start)


def shapes_checked(function):
    @functools.wraps(function)
    def inner(X, params, act):
        widths = [X.shape[1]]
        for i in range(1, len(params) // 2 + 1):
            assert params[f"W{i}"].shape[0] == widths[-1], f"W{i} does not fit"
            widths.append(params[f"W{i}"].shape[1])
        return function(X, params, act)

    return inner


nonlinearities = {}


def nonlinearity(slope):
    def register(function):
        nonlinearities[function.__name__.strip("_")] = SimpleNamespace(value=function, slope=slope)
        return function

    return register


@nonlinearity(slope=lambda a: a > 0)
def _relu(z):
    return np.maximum(z, 0)


@nonlinearity(slope=lambda a: a * (1 - a))
def _sigmoid(z):
    return expit(z)


@nonlinearity(slope=lambda a: 1 - a**2)
def _tanh(z):
    return np.tanh(z)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@shapes_checked
def forward(X, params, act):
    n = nonlinearities[act]
    state = SimpleNamespace(a=[X], params=params.copy(), n=n)
    for i in range(1, len(params) // 2):
        state.a.append(n.value(state.a[-1] @ params[f"W{i}"] + params[f"b{i}"]))
    else:
        i = len(params) // 2
        state.probs = softmax(state.a[-1] @ params[f"W{i}"] + params[f"b{i}"])
    return state.probs, state


def backward(cache, T):
    d, g = (cache.probs - T) / len(T), {}
    for i, a in sorted(enumerate(cache.a, start=1), key=lambda pair: -pair[0]):
        g.update({f"W{i}": a.T @ d, f"b{i}": d.sum(axis=0).reshape(1, -1)})
        if i > 1:
            d = d @ cache.params[f"W{i}"].T * cache.n.slope(a)
    return {k: g[k] for k in sorted(g)}


predict = lambda X, params, act: forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    onehot = np.eye(K, dtype=np.int64)
    return onehot[y].T @ onehot[yhat]


@contextmanager
def momentum_step(params, velocity, lr, momentum):
    grads = {}
    yield grads
    for k in params:
        velocity[k] = momentum * velocity[k] + lr * grads[k]
        params[k] = params[k] - velocity[k]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    K = int(max(y.max(), yv.max())) + 1
    sizes = (X.shape[1], *as_sizes(hidden), K)
    params = {}
    for i, pair in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        params[f"W{i}"] = rng.normal(0, np.sqrt(2 / (pair[0] if act == "relu" else sum(pair))), pair)
        params[f"b{i}"] = np.zeros((1, pair[1]))
    velocity = {k: np.zeros(p.shape) for k, p in params.items()}
    for epoch in range(epochs):
        order = np.argsort(rng.random(len(X)))
        with stopwatch(TIMES):
            for k in range(-(-len(X) // batch_size)):
                rows = order[k * batch_size : (k + 1) * batch_size]
                with momentum_step(params, velocity, lr, momentum) as grads:
                    _, cache = forward(X[rows], params, act)
                    grads.update(backward(cache, np.eye(K)[y[rows]]))
    return params


class GradientTest(unittest.TestCase):
    def test_numerically(self):
        rng = np.random.default_rng(0)
        X, T = rng.normal(size=(5, 4)), np.eye(3)[rng.integers(0, 3, 5)]
        p = {"W1": rng.normal(size=(4, 6)), "b1": np.zeros((1, 6)), "W2": rng.normal(size=(6, 3)), "b2": np.zeros((1, 3))}
        loss = lambda: -np.sum(T * np.log(forward(X, p, "tanh")[0])) / 5
        g = backward(forward(X, p, "tanh")[1], T)
        before = loss()
        p["W1"][1, 2] += 1e-6
        self.assertAlmostEqual((loss() - before) / 1e-6, g["W1"][1, 2], 4)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--act", choices=list(nonlinearities), default="relu")
    parser.parse_known_args()
    unittest.main(argv=["mp2"])
