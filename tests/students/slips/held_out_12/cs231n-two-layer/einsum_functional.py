"""Pure functions and a NamedTuple; the class only holds the dictionary.

The penalty here covers every parameter, biases as well (loss and gradients agree).
"""

from functools import partial, reduce
from typing import NamedTuple

import numpy as np


class Trace(NamedTuple):
    x: np.ndarray
    open_units: np.ndarray
    hidden: np.ndarray
    scores: np.ndarray


def affine(x, w, b):
    return np.einsum("nd,dh->nh", x, w) + b


def run(params: dict, x: np.ndarray) -> Trace:
    z = affine(x, params["W1"], params["b1"])
    hidden = (np.abs(z) + z) / 2
    return Trace(x, z > 0, hidden, affine(hidden, params["W2"], params["b2"]))


def log_softmax(s):
    """Each row minus its own log of the sum of exponentials."""
    s = s - np.max(s, axis=1, keepdims=True)
    return s - np.log(np.einsum("nc->n", np.exp(s)))[:, None]


def penalty(params, reg):
    return reduce(lambda total, array: total + reg * np.sum(array**2), params.values(), 0.0)


def value_and_grad(params, x, y, reg):
    n = x.shape[0]
    t = run(params, x)
    logs = log_softmax(t.scores)
    target = np.zeros_like(logs)
    target[np.arange(n), y] = 1
    value = -np.einsum("nc,nc->", logs, target) / n + penalty(params, reg)
    d2 = (np.exp(logs) - target) / n
    d1 = np.einsum("nc,hc,nh->nh", d2, params["W2"], t.open_units.astype(float))
    data = {
        "W1": np.einsum("nd,nh->dh", t.x, d1),
        "b1": np.einsum("nh->h", d1),
        "W2": np.einsum("nh,nc->hc", t.hidden, d2),
        "b2": np.einsum("nc->c", d2),
    }
    return value, {name: g + 2 * reg * params[name] for name, g in data.items()}


def descend(objective, params, rate):
    """One step; gives the loss before it and the parameters after it."""
    value, grads = objective(params)
    return value, {name: p - rate * grads[name] for name, p in params.items()}


def share(found, wanted):
    return float(np.count_nonzero(found == wanted) / max(len(wanted), 1))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        return run(self.params, X).scores if y is None else value_and_grad(self.params, X, y, reg)

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = len(X)
        size = min(batch_size, n)
        last_of_pass = max(n // size, 1) - 1
        losses, accuracies = [], {"train": [], "val": []}
        rate, place = learning_rate, 0
        for _ in range(num_iters):
            if place == 0:
                order = np.random.permutation(n)
                shuffled_X, shuffled_y = X[order], y[order]  # copies, cut into slices below
            cut = slice(place * size, (place + 1) * size)
            objective = partial(value_and_grad, x=shuffled_X[cut], y=shuffled_y[cut], reg=reg)
            value, self.params = descend(objective, self.params, rate)
            losses.append(float(value))
            if place == 0:  # the first iteration of the pass is over
                accuracies["train"].append(share(self.predict(X), y))
                accuracies["val"].append(share(self.predict(X_val), y_val))
                rate *= learning_rate_decay
            place = 0 if place == last_of_pass else place + 1
        if verbose and losses:
            print("last loss", losses[-1])
        return {
            "loss_history": losses,
            "train_acc_history": accuracies["train"],
            "val_acc_history": accuracies["val"],
        }

    def predict(self, X):
        return np.argmax(self.loss(X), 1)
