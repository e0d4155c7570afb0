"""CS231n assignment 1, two_layer_net.py, with a sampler and a schedule of their own.

The sampler is a generator that never ends; the schedule is a class with __call__.
"""
from functools import partialmethod, wraps
from time import perf_counter
import warnings

import numpy as np


class Schedule:
    """Multiplies the rate by `decay` once for every `period` calls."""

    def __init__(self, rate, decay, period):
        self.rate, self.decay, self.period = rate, decay, period
        self.calls = 0

    def __call__(self):
        now = self.rate
        self.calls += 1
        if self.calls % self.period == 0:
            self.rate *= self.decay
        return now


def sampler(n, size):
    """Rows of random batches, for ever: a shuffled pass is cut to pieces, the rest is dropped."""
    size = min(size, n)
    while True:
        order = np.random.permutation(n)
        for k in range(n // size):
            yield order[k * size:(k + 1) * size]


def check_shapes(**names):
    """@check_shapes(X=2): X must be a matrix. Lists are turned to arrays."""

    def decorate(method):
        @wraps(method)
        def inner(self, X, *args, **kwargs):
            X = np.asarray(X, dtype=np.float64)
            if X.ndim != names["X"]:
                raise ValueError("X has shape %s, want %d axes" % (X.shape, names["X"]))
            if X.shape[1] != self.params["W1"].shape[0]:
                warnings.warn("X and W1 do not fit")
            return method(self, X, *args, **kwargs)

        return inner

    return decorate


class TwoLayerNet:
    seconds = 0.0

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        draw = lambda *shape: std * np.random.randn(*shape)
        self.params = dict(W1=draw(input_size, hidden_size), b1=np.zeros(hidden_size),
                           W2=draw(hidden_size, output_size), b2=np.zeros(output_size))

    @check_shapes(X=2)
    def _forward(self, X, want="scores"):
        P = self.params
        H = np.maximum(0, X.dot(P["W1"]) + P["b1"])
        S = H.dot(P["W2"]) + P["b2"]
        return {"scores": S, "hidden": H, "both": (H, S)}[want]

    scores = partialmethod(_forward, want="scores")
    hidden = partialmethod(_forward, want="hidden")

    @check_shapes(X=2)
    def loss(self, X, y=None, reg=0.0):
        H, S = self._forward(X, "both")
        if y is None:
            return S
        y = np.asarray(y)
        W1, W2 = self.params["W1"], self.params["W2"]
        N = X.shape[0]
        E = np.exp(S - S.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        correct = (S - S.max(axis=1, keepdims=True))[range(N), y] - np.log(E.sum(axis=1))
        loss = -correct.sum() / N
        loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        dS = P
        dS[range(N), y] -= 1
        dS /= N
        dH = dS.dot(W2.T)
        dH[H <= 0] = 0
        return loss, {
            "W2": H.T.dot(dS) + 2 * reg * W2, "b2": np.sum(dS, axis=0),
            "W1": X.T.dot(dH) + 2 * reg * W1, "b1": np.sum(dH, axis=0),
        }

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        start = perf_counter()
        num_train = X.shape[0]
        period = max(num_train // batch_size, 1)
        rate = Schedule(learning_rate, learning_rate_decay, period)
        losses, train_acc, val_acc = [], [], []
        for it, rows in zip(range(num_iters), sampler(num_train, batch_size)):
            loss, grads = self.loss(X[rows], y=y[rows], reg=reg)
            losses.append(loss)
            eta = rate()
            for p in self.params:
                self.params[p] = self.params[p] - eta * grads[p]
            if verbose and not it % 100:
                print(f"iteration {it} / {num_iters}: loss {loss:f}")
            if not it % period:
                train_acc.append(np.mean(self.predict(X[rows]) == y[rows]))
                val_acc.append(np.mean(self.predict(X_val) == y_val))
        TwoLayerNet.seconds += perf_counter() - start
        return {"loss_history": losses, "train_acc_history": train_acc, "val_acc_history": val_acc}

    def predict(self, X):
        return np.argsort(-self.scores(X), axis=1, kind="stable")[:, 0]
