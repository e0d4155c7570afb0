"""An object-oriented MLP; the functions that the handout asks for are methods of one instance."""
from __future__ import annotations

import enum
import math
import typing
from abc import ABC, abstractmethod
from collections import OrderedDict, namedtuple
from functools import cache, cached_property, partial

import numpy as np

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jaxtyping import Float

Layer = namedtuple("Layer", "inp pre out")


class Act(str, enum.Enum):
    RELU = "relu"
    SIGMOID = "sigmoid"
    TANH = "tanh"

    def __call__(self, z: Float[np.ndarray, "n h"]):
        match self:
            case Act.RELU:
                return np.maximum(z, 0)
            case Act.TANH:
                return np.tanh(z)
            case Act.SIGMOID:
                t = np.exp(-np.abs(z))
                return np.where(z < 0, t, 1) / (1 + t)

    def slope(self, layer):
        return {Act.RELU: lambda: layer.pre > 0, Act.TANH: lambda: 1 - layer.out**2, Act.SIGMOID: lambda: layer.out * (1 - layer.out)}[self]()


class Model(ABC):
    @abstractmethod
    def forward(self, X, params, act): ...

    @abstractmethod
    def backward(self, cache, T): ...

    def predict(self, X, params, act):
        return self.forward(X, params, act)[0].argmax(1)


class MLP(Model):
    instance: typing.ClassVar[MLP | None] = None

    def __new__(cls, *args, **kwargs):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    @staticmethod
    def _pairs(params):
        for i in range(1, len(params) // 2 + 1):
            yield i, params[f"W{i}"], params[f"b{i}"]

    def forward(self, X, params, act):
        act, layers, a = Act(act), [], X
        last = len(params) // 2
        for i, W, b in self._pairs(params):
            z = a @ W + b
            out = act(z) if i != last else self._softmax(z)
            layers.append(Layer(a, z, out))
            a = out
        return a, (act, tuple(layers), OrderedDict(params))

    @staticmethod
    def _softmax(z):
        z = z - np.max(z, axis=1, keepdims=True)
        return np.exp(z - np.log(np.sum(np.exp(z), axis=1, keepdims=True)))

    def backward(self, cache, T):
        act, layers, params = cache
        delta, grads = (layers[-1].out - T) / len(T), {}
        for i, W, _ in reversed(list(self._pairs(params))):
            grads[f"W{i}"], grads[f"b{i}"] = layers[i - 1].inp.T @ delta, delta.sum(axis=0, keepdims=True)
            if i > 1:
                delta = (delta @ W.T) * act.slope(layers[i - 2])
        return grads

    def train(self, X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
        hidden = [hidden] if isinstance(hidden, (int, np.integer)) else list(hidden)
        classes = int(max(y.max(), yv.max())) + 1
        sizes = [X.shape[1], *hidden, classes]
        params, velocity = {}, {}
        for i in range(1, len(sizes)):
            fan_in, fan_out = sizes[i - 1], sizes[i]
            sd = math.sqrt(2 / fan_in) if act == "relu" else math.sqrt(2 / (fan_in + fan_out))
            params[f"W{i}"], params[f"b{i}"] = rng.standard_normal((fan_in, fan_out)) * sd, np.zeros((1, fan_out))
        targets = np.eye(classes)[y]
        for _ in range(epochs):
            for rows in self._batches(rng.permutation(len(y)), batch_size):
                _, tape = self.forward(X[rows], params, act)
                for key, g in self.backward(tape, targets[rows]).items():
                    velocity[key] = momentum * velocity.get(key, np.zeros_like(g)) + lr * g
                    params[key] = params[key] - velocity[key]
        return params

    @staticmethod
    def _batches(order, size) -> Iterator[np.ndarray]:
        yield from (order[i:i + size] for i in range(0, len(order), size))


_mlp = MLP()
forward, backward, predict, train = _mlp.forward, _mlp.backward, _mlp.predict, _mlp.train


class confusion_matrix(np.ndarray):
    """Looks like a class, is called like a function: counts, rows true, columns predicted."""

    def __new__(cls, y, yhat, K):
        m = np.zeros((K, K), dtype=np.int64).view(cls)
        for pair in zip(y, yhat):
            m[pair] += 1
        return m

    @property
    def accuracy(self):
        return np.trace(self) / self.sum()
