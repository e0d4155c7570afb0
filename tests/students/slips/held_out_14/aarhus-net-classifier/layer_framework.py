"""A tiny framework: modules with pullbacks, a sequential net, an SGD optimiser, and the hand-in on top of it."""
from dataclasses import dataclass, field
from functools import partial

import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


@dataclass
class Parameter:
    value: np.ndarray
    decays: bool = False
    grad: np.ndarray = field(default=None)

    def accumulate(self, amount):
        amount = amount.reshape(self.value.shape)
        self.grad = amount if self.grad is None else self.grad + amount


class Module:
    """forward gives (output, pullback); calling a module pushes the pullback on its own stack."""

    def __init__(self):
        self.pullbacks = []

    def parameters(self):
        return []

    def forward(self, x):
        raise NotImplementedError

    def __call__(self, x):
        out, pullback = self.forward(x)
        self.pullbacks.append(pullback)
        return out

    def backward(self, upstream):
        return self.pullbacks.pop()(upstream)


class Dense(Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = Parameter(weight, decays=True)
        self.bias = Parameter(bias)

    def parameters(self):
        return [self.weight, self.bias]

    def forward(self, x):
        def pullback(g):
            self.weight.accumulate(x.T @ g)
            self.bias.accumulate(g.sum(axis=0))
            return g @ self.weight.value.T

        return x @ self.weight.value + self.bias.value.reshape(1, -1), pullback


class ReLU(Module):
    def forward(self, x):
        on = x > 0
        return np.where(on, x, 0.0), lambda g: np.where(on, g, 0.0)


class Sequential(Module):
    def __init__(self, *children):
        super().__init__()
        self.children = children

    def parameters(self):
        return [p for child in self.children for p in child.parameters()]

    def forward(self, x):
        for child in self.children:
            x = child(x)

        def pullback(g):
            for child in reversed(self.children):
                g = child.backward(g)
            return g

        return x, pullback


class SoftmaxCrossEntropy:
    """Average cross-entropy of logits; keeps what its gradient needs."""

    def __call__(self, logits, y):
        self.logits, self.y = logits, y
        shifted = logits - np.max(logits, axis=-1, keepdims=True)
        log_z = np.log(np.sum(np.exp(shifted), axis=-1))
        self.size = logits.shape[0]
        return float(np.sum(log_z - shifted[np.arange(self.size), y]) / self.size)

    def gradient(self):
        hot = one_in_k_encoding(self.y, self.logits.shape[1])
        return (softmax(self.logits) - hot) / self.size


class L2:
    def __init__(self, strength, parameters):
        self.strength = strength
        self.targets = [p for p in parameters if p.decays]

    def __call__(self):
        return self.strength * sum(np.sum(np.square(p.value)) for p in self.targets)

    def backward(self):
        for p in self.targets:
            p.accumulate(2.0 * self.strength * p.value)


class BatchLoader:
    def __init__(self, X, y, size):
        self.X, self.y, self.size = X, y, size

    def __iter__(self):
        order = np.random.permutation(self.X.shape[0])
        for start in range(0, order.size, self.size):
            chosen = order[start:start + self.size]
            yield self.X[chosen], self.y[chosen]


def build(params):
    return Sequential(Dense(params["W1"], params["b1"]), ReLU(), Dense(params["W2"], params["b2"]))


def relu(x):
    return ReLU()(x)


def softmax(X):
    shifted = np.exp(X - np.max(X, axis=-1, keepdims=True))
    return shifted / np.sum(shifted, axis=-1, keepdims=True)


class NetClassifier:
    KEYS = (("W1", "d_w1"), ("b1", "d_b1"), ("W2", "d_w2"), ("b2", "d_b2"))

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        net = build(self.params if params is None else params)
        return np.argmax(net(X), axis=1)

    def score(self, X, y, params=None):
        return float(np.mean(np.equal(self.predict(X, params).ravel(), np.ravel(y))))

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        net, criterion = build(params), SoftmaxCrossEntropy()
        penalty = L2(reg, net.parameters())
        cost = criterion(net(X), y) + penalty()
        net.backward(criterion.gradient())
        penalty.backward()
        grads = {key: p.grad for (_, key), p in zip(NetClassifier.KEYS, net.parameters())}
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {name: np.copy(init_params[name]) for name, _ in self.KEYS}
        loader = BatchLoader(X_train, y_train, batch_size)
        history = {key: [] for key in ("train_loss", "train_acc", "val_loss", "val_acc")}
        best_loss, best = np.inf, params

        def step(name, key, grads):
            params[name] = params[name] - lr * grads[key]

        for _ in range(epochs):
            for xb, yb in loader:
                _, grads = self.cost_grad(xb, yb, params, reg)
                update = partial(step, grads=grads)
                for name, key in self.KEYS:
                    update(name, key)
            history["train_loss"].append(self.cost_grad(X_train, y_train, params)[0])
            history["train_acc"].append(self.score(X_train, y_train, params))
            history["val_loss"].append(self.cost_grad(X_val, y_val, params)[0])
            history["val_acc"].append(self.score(X_val, y_val, params))
            if history["val_loss"][-1] <= best_loss:
                best_loss, best = history["val_loss"][-1], dict(params)
        self.params = best
        self.history = history
