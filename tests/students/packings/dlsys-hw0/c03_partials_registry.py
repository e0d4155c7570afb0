"""hw0 in a functional style: one engine, the graded names are made from it."""
from __future__ import annotations

import inspect
import itertools as it
import operator as op
from functools import partial, reduce, wraps

import numpy as np

__all__ = ["softmax_loss", "softmax_regression_epoch", "nn_epoch"]
_REGISTRY = {}


def public(name):
    def deco(f):
        _REGISTRY[name] = f
        return f
    return deco


def in_batches(step):
    """Turns a step on a mini-batch into an epoch over all of them."""
    n = len(inspect.signature(step).parameters) - 3

    @wraps(step)
    def epoch(X, y, *args, lr=0.1, batch=100):
        weights, rest = args[:n], args[n:]
        if rest:
            lr, *rest = rest
        if rest:
            (batch,) = rest
        for lo in it.count(0, batch):
            if lo >= X.shape[0]:
                return
            grads = step(X[lo:lo + batch], y[lo:lo + batch], *weights, None)
            for w, g in zip(weights, grads):
                op.isub(w, lr * g)
    return epoch


row_max = partial(np.amax, axis=1, keepdims=True)
row_sum = partial(np.sum, axis=1, keepdims=True)
compose = lambda *fs: reduce(lambda f, g: lambda x: f(g(x)), fs)
softmax = compose(lambda e: e / row_sum(e), np.exp, lambda z: z - row_max(z))


def residual(Z, y):
    p = softmax(Z)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@public("softmax_regression_epoch")
@in_batches
def _linear(x, t, theta, _):
    return (x.T @ residual(x @ theta, t),)


@public("nn_epoch")
@in_batches
def _two_layers(x, t, W1, W2, _):
    a = np.maximum(x @ W1, 0.0)
    d = residual(a @ W2, t)
    return x.T @ ((d @ W2.T) * np.sign(a)), a.T @ d


softmax_loss = _REGISTRY.setdefault(
    "softmax_loss",
    lambda Z, y: (np.log(row_sum(np.exp(Z - row_max(Z)))) + row_max(Z) - Z[np.arange(len(y)), y][:, None]).mean(),
)
globals().update(_REGISTRY)

for _n in __all__:
    assert callable(globals()[_n]), _n
