"""Hand-in 2: a network with one hidden layer, as small pure functions and streams of batches and epochs."""

from collections import namedtuple
from itertools import islice

import numpy as np

Batch = namedtuple("Batch", "X y")
Trace = namedtuple("Trace", "z1 a1 p")
Record = namedtuple("Record", "train_loss train_acc val_loss val_acc")

GRADIENT_OF = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}


def relu(x):
    return np.where(x > 0, x, 0.0)


def softmax(X):
    weights = np.exp(X - np.max(X, axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def trace(X, params):
    """Everything the forward pass computes on its way."""
    z1 = X @ params["W1"] + params["b1"]
    a1 = relu(z1)
    return Trace(z1, a1, softmax(a1 @ params["W2"] + params["b2"]))


def of_labels(p, y):
    """The probability that each row gives to its own class."""
    return np.fromiter((row[label] for row, label in zip(p, y)), dtype=float, count=len(y))


def penalty(params):
    return sum(np.sum(np.square(params[name])) for name in ("W1", "W2"))


def pieces(order, size):
    """order, cut in lists of `size`; the last may be shorter."""
    rest = iter(order)
    while rows := list(islice(rest, size)):
        yield rows


def shuffled(X, y, size):
    for rows in pieces(np.random.permutation(len(X)), size):
        yield Batch(X[rows], y[rows])


def moved(params, grads, lr):
    """New parameters, one step further."""
    return {name: params[name] - lr * grads[GRADIENT_OF[name]] for name in params}


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        chosen = params or self.params
        return trace(X, chosen).p.argmax(axis=1)

    def score(self, X, y, params=None):
        hits = (guess == label for guess, label in zip(self.predict(X, params), y))
        return sum(hits) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = len(X)
        z1, a1, p = trace(X, params)
        cost = -np.log(of_labels(p, y)).sum() / n + reg * penalty(params)
        hit = np.arange(p.shape[1]) == np.reshape(y, (-1, 1))
        delta2 = (p - hit) / n
        delta1 = np.where(z1 > 0, delta2 @ params["W2"].T, 0.0)
        return cost, {
            "d_w1": X.T @ delta1 + 2 * reg * params["W1"],
            "d_b1": delta1.sum(axis=0, keepdims=True),
            "d_w2": a1.T @ delta2 + 2 * reg * params["W2"],
            "d_b2": delta2.sum(axis=0, keepdims=True),
        }

    def _epochs(self, X, y, params, batch_size, lr, reg):
        """The parameters after the first epoch, after the second, and so on without end."""
        while True:
            for batch in shuffled(X, y, batch_size):
                _, grads = self.cost_grad(batch.X, batch.y, params, reg)
                params = moved(params, grads, lr)
            yield params

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=0.0001, epochs=30):
        first = {name: np.copy(value) for name, value in init_params.items()}
        records = []
        for params in islice(self._epochs(X_train, y_train, first, batch_size, lr, reg), epochs):
            self.params = params
            records.append(
                Record(
                    self.cost_grad(X_train, y_train, params, reg)[0],
                    self.score(X_train, y_train, params),
                    self.cost_grad(X_val, y_val, params, reg)[0],
                    self.score(X_val, y_val, params),
                )
            )
        self.history = dict(zip(Record._fields, map(list, zip(*records))))
