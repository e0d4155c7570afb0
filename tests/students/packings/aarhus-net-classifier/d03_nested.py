from __future__ import annotations
import sys, math
from collections import UserDict, defaultdict
from itertools import chain
from operator import itemgetter
import numpy as np

parameters = itemgetter("W1", "b1", "W2", "b2")


def softmax(X): return (lambda E: E / E.sum(1, keepdims=True))(np.exp(X - X.max(1, keepdims=True)))
def relu(x): return (x > 0) * x


def _cost_grad(X, y, params, reg=0.0):
    W1, b1, W2, b2 = parameters(params)
    z1 = X @ W1 + b1
    a1 = relu(z1)
    p = softmax(a1 @ W2 + b2)
    n = X.shape[0]
    cost = -math.fsum(np.log(np.maximum(p[np.arange(n), y], 1e-15))) / n + reg * sum(float((W**2).sum()) for W in (W1, W2))
    delta2 = p - np.eye(W2.shape[1])[y]
    delta2 = delta2 / n
    delta1 = np.where(z1 > 0, delta2 @ W2.T, 0.0)
    return cost, {"d_w1": X.T @ delta1 + 2 * reg * W1, "d_b1": np.atleast_2d(delta1.sum(0)),
                  "d_w2": a1.T @ delta2 + 2 * reg * W2, "d_b2": np.atleast_2d(delta2.sum(0))}


class NetClassifier:

    class Progress:
        """A bar of dots; off unless somebody looks at a terminal."""

        def __init__(self, total, stream=sys.stderr):
            self.total, self.stream = total, stream

        def __enter__(self):
            return self

        def __exit__(self, *exc):
            print(file=self.stream)

        def __call__(self, done, text):
            self.stream.write("\r[%-30s] %s" % ("." * (30 * done // self.total), text))
            self.stream.flush()

    class History(dict):
        def record(self, **values):
            for name, value in values.items():
                self.setdefault(name, []).append(value)

    cost_grad = staticmethod(_cost_grad)
    params = history = None

    def _params(self, params):
        return self.params if params is None else params

    def predict(self, X, params=None):
        W1, b1, W2, b2 = parameters(self._params(params))
        return (relu(X @ W1 + b1) @ W2 + b2).argmax(1)

    def score(self, X, y, params=None):
        return 1 - np.mean(self.predict(X, params) != y)

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30, *, callbacks=()):
        w = dict(zip(init_params, map(np.copy, init_params.values())))
        self.history = NetClassifier.History()
        with NetClassifier.Progress(epochs) as show:
            for e in range(1, epochs + 1):
                order = np.arange(len(X_train))
                np.random.shuffle(order)
                for rows in (order[i:i + batch_size] for i in range(0, len(order), batch_size)):
                    grads = self.cost_grad(X_train[rows], y_train[rows], w, reg)[1]
                    for name in w:
                        w[name] = w[name] - lr * grads[f"d_{name.lower()}"]
                self.history.record(
                    train_loss=self.cost_grad(X_train, y_train, w, reg)[0], train_acc=self.score(X_train, y_train, w),
                    val_loss=self.cost_grad(X_val, y_val, w, reg)[0], val_acc=self.score(X_val, y_val, w))
                show(e, "val %.3f" % self.history["val_acc"][-1])
                for callback in callbacks:
                    callback(self, e)
        self.params = w


def _selftest(n=30, d=4, h=6, k=3, rng=np.random.RandomState(1)):
    X, y = rng.randn(n, d), rng.randint(k, size=n)
    w = dict(W1=rng.randn(d, h), b1=np.zeros((1, h)), W2=rng.randn(h, k), b2=np.zeros((1, k)))
    net = NetClassifier()
    net.fit(X, y, X, y, w, epochs=3)
    assert all(map(lambda v: len(v) == 3, net.history.values()))


_selftest()
print("\n".join(f"{i:5d} {i * i:8d}" for i in range(3000)))
