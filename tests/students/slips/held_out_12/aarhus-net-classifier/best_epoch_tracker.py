"""Keeps the parameters of the epoch with the best validation accuracy (the first of them, if several)."""

import copy
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    def distribution(row):
        odds = np.exp(row - row.max())
        return odds / odds.sum()

    return np.apply_along_axis(distribution, 1, X)


def relu(x):
    result = np.array(x)
    result[result < 0] = 0
    return result


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


@dataclass
class Best:
    """The best thing seen so far."""

    measure: float = -np.inf
    thing: Any = None

    def offer(self, measure, thing):
        if self.thing is None or measure > self.measure:
            self.measure, self.thing = measure, copy.deepcopy(thing)


class NetClassifier:
    KEYS = ("W1", "b1", "W2", "b2")

    def __init__(self):
        self.params = None
        self.history = None

    # -- forward ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _scores(X, params):
        hidden_in = np.tensordot(X, params["W1"], axes=1) + params["b1"]
        hidden_out = relu(hidden_in)
        return hidden_in, hidden_out, np.tensordot(hidden_out, params["W2"], axes=1) + params["b2"]

    def predict(self, X, params=None):
        return np.argmax(self._scores(X, self.params if params is None else params)[-1], axis=1)

    def score(self, X, y, params=None):
        return np.equal(self.predict(X, params), y).mean()

    # -- cost ------------------------------------------------------------------------------------------------------

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n = len(X)
        hidden_in, hidden_out, scores = NetClassifier._scores(X, params)

        # log(sum exp) - right score, shifted by the row's maximum
        top = scores.max(axis=1)
        log_total = top + np.log(np.sum(np.exp(scores - top[:, None]), axis=1))
        cost = np.mean(log_total - scores[np.arange(n), y])
        for name in ("W1", "W2"):
            cost = cost + reg * np.sum(np.power(params[name], 2))

        delta2 = softmax(scores)
        delta2[np.arange(n), y] -= 1
        delta2 = delta2 / n
        delta1 = np.tensordot(delta2, params["W2"], axes=(1, 1))
        delta1[~(hidden_in > 0)] = 0
        grads = {
            "d_w1": np.tensordot(X, delta1, axes=(0, 0)),
            "d_w2": np.tensordot(hidden_out, delta2, axes=(0, 0)),
            "d_b1": np.ones((1, n)) @ delta1,
            "d_b2": np.ones((1, n)) @ delta2,
        }
        grads["d_w1"] += 2 * reg * params["W1"]
        grads["d_w2"] += 2 * reg * params["W2"]
        return cost, grads

    # -- training --------------------------------------------------------------------------------------------------

    def _report(self, history, params, reg, **parts):
        for part, (X, y) in parts.items():
            history[f"{part}_loss"].append(self.cost_grad(X, y, params, reg)[0])
            history[f"{part}_acc"].append(self.score(X, y, params))

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        generator = np.random.default_rng(np.random.randint(0, 2**31 - 1))
        params = copy.deepcopy(dict(init_params))
        history, best = defaultdict(list), Best()
        indices = np.arange(len(X_train))
        for _ in range(epochs):
            generator.shuffle(indices)
            number = -(-len(indices) // batch_size)
            for j in range(number):
                batch = indices[j * batch_size : (j + 1) * batch_size]
                _, grads = self.cost_grad(X_train[batch], y_train[batch], params, reg)
                for key in self.KEYS:
                    params[key] -= lr * grads["d_" + key.lower()]
            self._report(history, params, reg, train=(X_train, y_train), val=(X_val, y_val))
            best.offer(history["val_acc"][-1], params)
        self.params = params if best.thing is None else best.thing
        self.history = dict(history)
