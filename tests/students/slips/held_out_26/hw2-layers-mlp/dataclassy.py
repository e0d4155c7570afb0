"""Perceptron layers: mutable shells around pure functions and frozen memories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Pair:
    """What a loss layer has been asked to compare."""

    guess: Array
    truth: Array

    @property
    def size(self) -> int:
        return self.truth.shape[0]

    @property
    def gap(self) -> Array:
        return self.guess - self.truth

    def accuracy(self) -> float:
        hits = np.argmax(self.guess, axis=1) == np.argmax(self.truth, axis=1)
        return float(hits.mean())


def logistic(x: Array) -> Array:
    # tanh never overflows
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def log_softmax(x: Array) -> Array:
    return (y := x - x.max(axis=-1, keepdims=True)) - np.log(np.exp(y).sum(axis=-1, keepdims=True))


@dataclass(eq=False)
class FCLayer:
    num_input: int
    num_output: int
    actFunction: str = "relu"
    trainable: bool = True
    W: Array = field(init=False, repr=False)
    b: Array = field(init=False, repr=False)
    grad_W: Array = field(init=False, repr=False)
    grad_b: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        match self.actFunction:
            case "relu":
                variance = 2 / self.num_input
            case _:
                variance = 1 / self.num_input
        self.W = variance**0.5 * np.random.randn(self.num_input, self.num_output)
        self.b = np.zeros((1, self.num_output))
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros(self.b.shape)

    def forward(self, Input: Array) -> Array:
        self.seen = Input
        return np.matmul(Input, self.W) + self.b

    def backward(self, delta: Array) -> Array:
        self.grad_W = np.matmul(self.seen.T, delta)
        self.grad_b = delta.sum(axis=0, keepdims=True)
        return np.matmul(delta, self.W.T)


@dataclass
class ReLULayer:
    trainable: bool = False

    def forward(self, Input: Array) -> Array:
        self.seen = Input
        return np.where(Input > 0, Input, 0.0)

    def backward(self, delta: Array) -> Array:
        return np.where(self.seen > 0, delta, 0.0)


@dataclass
class SigmoidLayer:
    trainable: bool = False

    def forward(self, Input: Array) -> Array:
        self.z = logistic(Input)
        return self.z

    def backward(self, delta: Array) -> Array:
        return delta * (self.z - self.z**2)


@dataclass
class EuclideanLossLayer:
    loss: float = 0.0
    acc: float = 0.0

    def forward(self, logit: Array, gt: Array) -> float:
        self.pair = Pair(logit, gt)
        self.acc = self.pair.accuracy()
        self.loss = float(np.square(self.pair.gap).sum(axis=1).mean()) / 2
        return self.loss

    def backward(self) -> Array:
        return self.pair.gap / self.pair.size


@dataclass
class SoftmaxCrossEntropyLossLayer:
    loss: float = 0.0
    acc: float = 0.0

    def forward(self, logit: Array, gt: Array) -> float:
        logs = log_softmax(logit)
        self.pair = Pair(np.exp(logs), gt)
        self.acc = self.pair.accuracy()
        self.loss = -float((gt * logs).sum(axis=1).mean())
        return self.loss

    def backward(self) -> Array:
        return self.pair.gap / self.pair.size


@dataclass(frozen=True)
class SGD:
    learningRate: float
    weightDecay: float

    @staticmethod
    def learners(model) -> Iterator[FCLayer]:
        yield from (layer for layer in model.layerList if layer.trainable)

    def shrunk(self, W: Array) -> Array:
        return (1 - self.learningRate * self.weightDecay) * W

    def step(self, model) -> None:
        for layer in self.learners(model):
            layer.W = self.shrunk(layer.W) - self.learningRate * layer.grad_W
            layer.b = layer.b - self.learningRate * layer.grad_b
