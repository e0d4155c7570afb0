"""2019 spellings (computeLayer, averageCE, gradCE), decorators, a closure for momentum. Biases are (H,) in here."""
import functools
import math

import numpy as np


def on_copies(function):
    """Call `function` with float64 copies of its arrays, so that it may scribble on them."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        fresh = [np.array(a, dtype=np.float64) if isinstance(a, np.ndarray) else a for a in args]
        named = {k: np.array(a, dtype=np.float64) if isinstance(a, np.ndarray) else a for k, a in kwargs.items()}
        return function(*fresh, **named)

    return wrapper


class Ops:
    """Small helpers, grouped."""

    @staticmethod
    def rowwise(reducer, m):
        return reducer(m, axis=1)[:, np.newaxis]

    @staticmethod
    def gate(z):
        return np.maximum(np.sign(z), 0.0)

    @staticmethod
    def affine(x, w, b):
        return np.add(np.dot(x, w), np.ravel(b))


@on_copies
def relu(x):
    x[x < 0] = 0
    return x


@on_copies
def softmax(logits):
    logits -= Ops.rowwise(np.max, logits)
    np.exp(logits, out=logits)
    logits /= Ops.rowwise(np.sum, logits)
    return logits


def computeLayer(W, X, b):
    return Ops.affine(X, W, b)


def averageCE(target, prediction):
    picked = np.sum(target * prediction, axis=1)  # the probability of each row's class
    return float(-np.mean(np.log(picked + 1e-15)))


def gradCE(target, prediction):
    """By the probabilities: -t / (N p), 0 where the target is 0."""
    n = target.shape[0]
    slope = np.zeros(prediction.shape)
    np.divide(-target, n * prediction, out=slope, where=target != 0)
    return slope


@on_copies
def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = computeLayer(w_h, x, b_h)
    a_h = relu(z_h)
    z_o = computeLayer(w_o, a_h, b_o)
    return z_h, a_h, z_o, softmax(z_o)


@on_copies
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, _, d_o = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o -= target
    d_o *= 1.0 / x.shape[0]
    d_h = np.matmul(d_o, w_o.T)
    d_h *= Ops.gate(z_h)
    return x.T.dot(d_h), d_h.sum(axis=0), a_h.T.dot(d_o), d_o.sum(axis=0)


def momentum(lr, gamma):
    memory = {}

    def update(name, value, slope):
        memory[name] = gamma * memory.get(name, np.zeros_like(value)) + lr * slope
        return value - memory[name]

    return update


def glorot(rng, rows, columns):
    return rng.normal(loc=0.0, scale=math.sqrt(2 / (rows + columns)), size=(rows, columns))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0, verbose=False):
    rng = np.random.default_rng(seed)
    w_h, b_h = glorot(rng, x.shape[1], hidden), np.zeros(hidden)
    w_o, b_o = glorot(rng, hidden, t.shape[1]), np.zeros(t.shape[1])
    update = momentum(lr, gamma)
    for epoch in range(1, epochs + 1):
        dw_h, db_h, dw_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)
        w_h, b_h = update("w_h", w_h, dw_h), update("b_h", b_h, db_h)
        w_o, b_o = update("w_o", w_o, dw_o), update("b_o", b_o, db_o)
        if verbose and epoch % 50 == 0:
            print(epoch, averageCE(tv, forward_prop(xv, w_h, b_h, w_o, b_o)[-1]))
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
