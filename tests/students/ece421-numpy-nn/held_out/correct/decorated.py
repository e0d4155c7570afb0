"""Style: decorators that wrap every function (with and without functools.wraps), context from a global constant."""
import functools
import time

import numpy as np

EPSILON = 1e-12
TIMES = {}


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = function(*args, **kwargs)
        TIMES[function.__name__] = time.perf_counter() - start
        return result

    return wrapper


def checked(ndim):
    def decorate(function):
        def inner(*args, **kwargs):
            assert np.ndim(args[0]) == ndim, "expected a matrix"
            return function(*args, **kwargs)

        return inner

    return decorate


@timed
def relu(x):
    return np.maximum(x, 0)


@checked(2)
def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@timed
@checked(2)
def compute_layer(x, w, b):
    return x @ w + b


@timed
def average_ce(target, prediction):
    return -(target * np.log(prediction + EPSILON)).sum() / len(target)


@checked(2)
def grad_ce(target, logits):
    return (softmax(logits) - target) / len(target)


@timed
def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


@timed
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)


@timed
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(p) for p in w]
    for _ in range(epochs):
        v = [gamma * a + lr * b for a, b in zip(v, backward_prop(x, t, *w))]
        w = [a - b for a, b in zip(w, v)]
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), w))
