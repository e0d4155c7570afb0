"""The network as a list of (weights, bias, activation), forward and backward by recursion; works for any depth."""

from __future__ import annotations

import math

import numpy as np


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k)."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    # 1 / sum_j exp(x_j - x_i); each row is first lowered by its own maximum, so that only exp of numbers <= 0 is taken
    low = X - X.max(axis=1, keepdims=True)
    powers = np.exp(low)
    return np.divide(powers, np.einsum("nk->n", powers).reshape(len(X), 1))


def relu(x):
    return np.fmax(x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    """First parameters: normal weights with variance 2/inputs, biases 0."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class _Ascent:
    """Mixin: the recursion over the layers."""

    _activations = {
        "relu": (relu, lambda z: (z > 0).astype(z.dtype)),
        "linear": (lambda z: z, np.ones_like),
    }

    @staticmethod
    def _as_layers(params):
        return [(params["W1"], params["b1"], "relu"), (params["W2"], params["b2"], "linear")]

    @classmethod
    def _logits(cls, A, layers):
        if not layers:
            return A
        (W, b, name), *others = layers
        return cls._logits(cls._activations[name][0](A @ W + b), others)

    @classmethod
    def _descend(cls, A, layers, at_the_top):
        """at_the_top(logits) -> (cost, derivative). Gives cost, derivative by A, list of (d_w, d_b)."""
        if not layers:
            return (*at_the_top(A), [])
        (W, b, name), *others = layers
        value, slope = cls._activations[name]
        Z = A @ W + b
        cost, upstream, found = cls._descend(value(Z), others, at_the_top)
        upstream = upstream * slope(Z)
        own = (A.T @ upstream, upstream.sum(axis=0).reshape(1, -1))
        return cost, upstream @ W.T, [own, *found]


class NetClassifier(_Ascent):
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        return self._logits(X, self._as_layers(self.params if params is None else params)).argmax(axis=1)

    def score(self, X, y, params=None):
        return sum(int(a == b) for a, b in zip(self.predict(X, params), y)) / len(y)

    def cost_grad(self, X, y, params, reg=0.0):
        rows = np.arange(len(y))

        def cross_entropy(logits):
            low = logits - logits.max(axis=1, keepdims=True)
            nll = np.log(np.exp(low).sum(axis=1)) - low[rows, y]
            labels = (np.asarray(y)[:, None] == np.arange(logits.shape[1])[None, :]).astype(float)
            return math.fsum(nll) / len(y), (softmax(logits) - labels) / len(y)

        cost, _, ((d_w1, d_b1), (d_w2, d_b2)) = self._descend(X, self._as_layers(params), cross_entropy)
        W1, W2 = params["W1"], params["W2"]
        return cost + reg * ((W1**2).sum() + (W2**2).sum()), {
            "d_w1": d_w1 + 2 * reg * W1,
            "d_w2": d_w2 + 2 * reg * W2,
            "d_b1": d_b1,
            "d_b2": d_b2,
        }

    def _epoch(self, X, y, params, *, order, size, lr, reg):
        """Recursion over what is left of the order would be too deep; a plain loop over blocks of it."""
        for block in np.array_split(order, range(size, len(order), size)):
            grads = self.cost_grad(X[block], y[block], params, reg)[1]
            params = {name: w - lr * grads["d_" + name.lower()] for name, w in params.items()}
        return params

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        states = [{name: np.array(w, dtype=float) for name, w in init_params.items()}]
        for _ in range(epochs):
            order = np.argsort(np.random.random_sample(len(X_train)))
            states.append(self._epoch(X_train, y_train, states[-1], order=order, size=batch_size, lr=lr, reg=reg))
        self.params = states[-1]
        # losses without the regularisation
        self.history = {
            "train_loss": [self.cost_grad(X_train, y_train, s)[0] for s in states[1:]],
            "train_acc": [self.score(X_train, y_train, s) for s in states[1:]],
            "val_loss": [self.cost_grad(X_val, y_val, s)[0] for s in states[1:]],
            "val_acc": [self.score(X_val, y_val, s) for s in states[1:]],
        }
