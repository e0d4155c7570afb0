from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

import numpy as np


class Act(Enum):
    RELU = "relu"
    SIGMOID = "sigmoid"
    TANH = "tanh"

    def __call__(self, z):
        match self:
            case Act.RELU:
                return np.where(z > 0, z, 0.0)
            case Act.SIGMOID:
                return np.where(z >= 0, 1, e := np.exp(-np.abs(z))) / (1 + e)
            case Act.TANH:
                return np.tanh(z)

    def slope(self, z, a):
        match self:
            case Act.RELU:
                return np.heaviside(z, 0.0)
            case Act.SIGMOID:
                return a * (1 - a)
            case Act.TANH:
                return 1 - a**2


@dataclass(frozen=True, slots=True)
class Record:
    """One layer as forward has seen it."""

    number: int
    A: np.ndarray
    Z: np.ndarray
    W: np.ndarray


@dataclass(frozen=True)
class Cache:
    act: Act
    params: Mapping
    records: tuple[Record, ...] = field(default_factory=tuple)
    probs: np.ndarray | None = None

    def plus(self, record):
        return replace(self, records=(*self.records, record))


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def forward(X, params, act):
    cache = Cache(Act(act), MappingProxyType({k: v for k, v in params.items()}))
    L = len(params) // 2
    A = X
    for i in range(1, L + 1):
        Z = A @ params["W%d" % i] + params["b%d" % i]
        cache = cache.plus(Record(i, A, Z, params["W%d" % i]))
        A = cache.act(Z) if i < L else softmax(Z)
    A.flags.writeable = False
    return A, replace(cache, probs=A)


def backward(cache, T):
    grads = OrderedDict.fromkeys(cache.params)
    d = (cache.probs - T) / T.shape[0]
    for record in reversed(cache.records):
        grads["W%d" % record.number] = record.A.T @ d
        grads["b%d" % record.number] = d.sum(0, keepdims=True)
        if record.number > 1:
            d = (d @ record.W.T) * cache.act.slope(cache.records[record.number - 2].Z, record.A)
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1).astype(np.int32)


def confusion_matrix(y, yhat, K):
    return np.bincount(K * y + yhat, minlength=K * K).reshape(K, K)


@dataclass
class Trainer:
    act: str
    rng: np.random.Generator
    lr: float
    momentum: float
    params: dict = field(default_factory=OrderedDict)
    velocity: dict = field(default_factory=OrderedDict)

    def layer(self, i, fan_in, fan_out):
        std = np.sqrt(2 / fan_in) if Act(self.act) is Act.RELU else np.sqrt(2 / (fan_in + fan_out))
        self.params["W%d" % i] = self.rng.normal(scale=std, size=(fan_in, fan_out))
        self.params["b%d" % i] = np.zeros((1, fan_out))
        for key in ("W%d" % i, "b%d" % i):
            self.velocity[key] = np.zeros(self.params[key].shape)

    def fit(self, x, t):
        _, cache = forward(x, self.params, self.act)
        for key, g in backward(cache, t).items():
            self.velocity[key] *= self.momentum
            self.velocity[key] += self.lr * g
            self.params[key] -= self.velocity[key]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if not isinstance(hidden, tuple):
        hidden = (int(hidden),)
    C = int(np.concatenate([y, yv]).max()) + 1
    trainer = Trainer(act, rng, lr, momentum)
    sizes = (X.shape[1],) + hidden + (C,)
    for i in range(1, len(sizes)):
        trainer.layer(i, sizes[i - 1], sizes[i])
    T = (y[:, None] == np.arange(C)).astype(float)
    for epoch in range(epochs):
        shuffled = rng.permutation(X.shape[0])
        for at in range(0, X.shape[0], batch_size):
            trainer.fit(X[shuffled[at : at + batch_size]], T[shuffled[at : at + batch_size]])
    return trainer.params
