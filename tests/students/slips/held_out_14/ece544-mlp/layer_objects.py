"""Layers give closures, a Sequential strings them, the cache is the list of what the closures still have to do."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import partial

import numpy as np


# ---- activations: a registry of pairs


class Activation(ABC):
    registry = {}

    def __init_subclass__(cls, key, **kwargs):
        super().__init_subclass__(**kwargs)
        Activation.registry[key] = cls

    @staticmethod
    def named(key):
        return Activation.registry[key]()

    @abstractmethod
    def value(self, z): ...

    @abstractmethod
    def slope(self, z, a): ...

    def __call__(self, z):
        a = self.value(z)
        return a, partial(self.pull, z, a)

    def pull(self, z, a, upstream):
        return upstream * self.slope(z, a), {}


class Rectifier(Activation, key="relu"):
    def value(self, z):
        return z.clip(min=0)

    def slope(self, z, a):
        return np.where(z > 0, 1.0, 0.0)


class Logistic(Activation, key="sigmoid"):
    def value(self, z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))

    def slope(self, z, a):
        return a * (1.0 - a)


class Hyperbolic(Activation, key="tanh"):
    def value(self, z):
        return np.tanh(z)

    def slope(self, z, a):
        return 1.0 - np.square(a)


# ---- linear layers and the network


@dataclass
class Linear:
    number: int
    weight: np.ndarray
    bias: np.ndarray

    def __call__(self, x):
        def pull(upstream):
            found = {
                f"W{self.number}": np.einsum("ni,nj->ij", x, upstream),
                f"b{self.number}": upstream.sum(axis=0, keepdims=True),
            }
            return np.einsum("nj,ij->ni", upstream, self.weight), found

        return x @ self.weight + self.bias, pull


@dataclass
class Sequential:
    layers: list = field(default_factory=list)

    @classmethod
    def of(cls, params, act):
        made = []
        depth = len(params) // 2
        for number in range(1, depth + 1):
            made.append(Linear(number, params[f"W{number}"], params[f"b{number}"]))
            if number < depth:
                made.append(Activation.named(act))
        return cls(made)

    def __call__(self, x):
        tape = []
        for layer in self.layers:
            x, pull = layer(x)
            tape.append(pull)
        return x, tape


def softmax(scores):
    scores = scores - np.max(scores, axis=-1, keepdims=True)
    weights = np.exp(scores)
    return weights / np.sum(weights, axis=-1, keepdims=True)


@dataclass(frozen=True)
class Cache:
    probs: np.ndarray
    tape: list

    def gradients(self, targets):
        upstream = (self.probs - targets) / targets.shape[0]
        grads = {}
        for pull in self.tape[::-1]:
            upstream, found = pull(upstream)
            grads.update(found)
        return {name: grads[name] for name in sorted(grads)}


# ---- training


class Momentum:
    def __init__(self, rate, gamma):
        self.rate, self.gamma = rate, gamma
        self.velocity = {}

    def __call__(self, params, grads):
        stepped = {}
        for name, value in params.items():
            before = self.velocity.get(name, np.zeros_like(value))
            self.velocity[name] = self.gamma * before + self.rate * grads[name]
            stepped[name] = value - self.velocity[name]
        return stepped


class Batches:
    """Iterates once over the rows in random order."""

    def __init__(self, X, T, size, rng):
        self.X, self.T, self.size, self.rng = X, T, size, rng

    def __iter__(self):
        order = np.arange(len(self.X))
        self.rng.shuffle(order)
        for start in range(0, len(order), self.size):
            chosen = order[start : start + self.size]
            yield self.X[chosen], self.T[chosen]


class Initialiser:
    def __init__(self, act, rng):
        self.act, self.rng = act, rng

    def deviation(self, before, after):
        return np.sqrt(2 / before) if self.act == "relu" else np.sqrt(2 / (before + after))

    def __call__(self, sizes):
        params = {}
        for number in range(1, len(sizes)):
            before, after = sizes[number - 1 : number + 1]
            params[f"W{number}"] = self.rng.standard_normal((before, after)) * self.deviation(before, after)
            params[f"b{number}"] = np.zeros((1, after))
        return params


# ---- the functions that are asked for


def forward(X, params, act):
    scores, tape = Sequential.of(params, act)(X)
    probs = softmax(scores)
    return probs, Cache(probs, tape)


def backward(cache, T):
    return cache.gradients(T)


def predict(X, params, act):
    return Sequential.of(params, act)(X)[0].argmax(axis=1)


def confusion_matrix(y, yhat, K):
    codes = np.asarray(y, dtype=np.int64) * K + np.asarray(yhat, dtype=np.int64)
    return np.bincount(codes, minlength=K * K).reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    widths = [hidden] if np.ndim(hidden) == 0 else list(hidden)
    classes = max(int(np.max(y)), int(np.max(yv))) + 1
    params = Initialiser(act, rng)([X.shape[1], *widths, classes])
    targets = np.eye(classes)[y]
    optimiser = Momentum(lr, momentum)
    batches = Batches(X, targets, batch_size, rng)
    for _ in range(epochs):
        for some, wanted in batches:
            _, cache = forward(some, params, act)
            params = optimiser(params, backward(cache, wanted))
    return params
