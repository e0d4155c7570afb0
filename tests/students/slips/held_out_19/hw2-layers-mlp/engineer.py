"""Layers with an explicit cache, shared base classes, pure functions underneath."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Optional

import numpy as np

Array = np.ndarray


class NotYetForwarded(RuntimeError):
    """backward was called before forward."""


class Cached:
    """Keeps one value from forward to backward."""

    def __init__(self) -> None:
        self._cache: Optional[Any] = None

    def remember(self, value: Any) -> None:
        self._cache = value

    def recall(self) -> Any:
        if self._cache is None:
            raise NotYetForwarded(type(self).__name__)
        return self._cache


class FCLayer(Cached):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.remember(Input)
        return np.matmul(Input, self.W) + self.b

    def backward(self, delta):
        inputs = self.recall()
        self.grad_W = np.matmul(inputs.T, delta)
        self.grad_b = delta.sum(axis=0, keepdims=True)
        return np.matmul(delta, self.W.T)


class Elementwise(Cached, ABC):
    """An activation: value of z, slope as a function of what value_and_slope saw."""

    def __init__(self) -> None:
        super().__init__()
        self.trainable = False

    @staticmethod
    @abstractmethod
    def value(z: Array) -> Array: ...

    @staticmethod
    @abstractmethod
    def slope(z: Array, value: Array) -> Array: ...

    def forward(self, Input):
        value = self.value(Input)
        self.remember(self.slope(Input, value))
        return value

    def backward(self, delta):
        return delta * self.recall()


class ReLULayer(Elementwise):
    @staticmethod
    def value(z):
        return np.where(z > 0, z, 0.0)

    @staticmethod
    def slope(z, value):
        return np.where(z > 0, 1.0, 0.0)


class SigmoidLayer(Elementwise):
    @staticmethod
    def value(z):
        return np.exp(-np.logaddexp(0.0, -z))

    @staticmethod
    def slope(z, value):
        return value * (1.0 - value)


def accuracy(logit: Array, gt: Array) -> float:
    return float(np.mean(logit.argmax(axis=1) == gt.argmax(axis=1)))


def log_softmax(logit: Array) -> Array:
    centred = logit - logit.max(axis=1, keepdims=True)
    return centred - np.log(np.exp(centred).sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Comparison:
    prediction: Array
    target: Array

    @property
    def batch_size(self) -> int:
        return self.target.shape[0]

    def mean_gradient(self) -> Array:
        return (self.prediction - self.target) / self.batch_size


class Loss(Cached):
    def __init__(self) -> None:
        super().__init__()
        self.loss = 0.0
        self.acc = 0.0

    def backward(self):
        return self.recall().mean_gradient()


class EuclideanLossLayer(Loss):
    def forward(self, logit, gt):
        comparison = Comparison(logit.copy(), gt.copy())
        self.remember(comparison)
        self.acc = accuracy(logit, gt)
        self.loss = float(np.square(logit - gt).sum()) / (2 * comparison.batch_size)
        return self.loss


class SoftmaxCrossEntropyLossLayer(Loss):
    def forward(self, logit, gt):
        log_probabilities = log_softmax(logit)
        comparison = Comparison(np.exp(log_probabilities), gt.copy())
        self.remember(comparison)
        self.acc = accuracy(logit, gt)
        self.loss = float(-(gt * log_probabilities).sum()) / comparison.batch_size
        return self.loss


def trainable_layers(layers: Iterable[Any]) -> Iterator[Any]:
    return (layer for layer in layers if getattr(layer, "trainable", False))


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def _descend(self, value: Array, gradient: Array, decay: float = 0.0) -> Array:
        return value - self.learningRate * (gradient + decay * value)

    def step(self, model):
        for layer in trainable_layers(model.layerList):
            layer.W = self._descend(layer.W, layer.grad_W, self.weightDecay)
            layer.b = self._descend(layer.b, layer.grad_b)
