"""Layers, losses and optimizer of a multi-layer perceptron."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Layer(ABC):
    """What the network needs of every layer."""

    trainable: bool = False

    @abstractmethod
    def forward(self, Input: NDArray[np.float64]) -> NDArray[np.float64]: ...

    @abstractmethod
    def backward(self, delta: NDArray[np.float64]) -> NDArray[np.float64]: ...


@dataclass(eq=False)
class FCLayer(Layer):
    num_input: int
    num_output: int
    actFunction: str = "relu"
    trainable: bool = True
    W: NDArray[np.float64] = field(init=False, repr=False)
    b: NDArray[np.float64] = field(init=False, repr=False)
    grad_W: NDArray[np.float64] = field(init=False, repr=False)
    grad_b: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        gain = 2.0 if self.actFunction == "relu" else 1.0
        self.W = np.sqrt(gain / self.num_input) * np.random.randn(self.num_input, self.num_output)
        self.b = np.zeros((1, self.num_output))
        self.grad_W = np.zeros((self.num_input, self.num_output))
        self.grad_b = np.zeros((1, self.num_output))
        self._cached_input: NDArray[np.float64] | None = None

    def forward(self, Input: NDArray[np.float64]) -> NDArray[np.float64]:
        assert Input.ndim == 2 and Input.shape[1] == self.W.shape[0]
        self._cached_input = Input
        return np.matmul(Input, self.W) + self.b

    def backward(self, delta: NDArray[np.float64]) -> NDArray[np.float64]:
        assert self._cached_input is not None, "backward before forward"
        assert delta.shape[0] == self._cached_input.shape[0]
        self.grad_W = np.matmul(self._cached_input.T, delta)
        self.grad_b = np.ones((1, delta.shape[0])) @ delta
        return np.matmul(delta, self.W.T)


@dataclass(eq=False)
class ReLULayer(Layer):
    trainable: bool = False

    def forward(self, Input: NDArray[np.float64]) -> NDArray[np.float64]:
        self._active: NDArray[np.bool_] = Input > 0
        return np.where(self._active, Input, 0.0)

    def backward(self, delta: NDArray[np.float64]) -> NDArray[np.float64]:
        assert delta.shape == self._active.shape
        return np.where(self._active, delta, 0.0)


@dataclass(eq=False)
class SigmoidLayer(Layer):
    trainable: bool = False

    def forward(self, Input: NDArray[np.float64]) -> NDArray[np.float64]:
        positive = Input >= 0
        result = np.empty(Input.shape, dtype=np.float64)
        result[positive] = 1.0 / (1.0 + np.exp(-Input[positive]))
        exponential = np.exp(Input[~positive])
        result[~positive] = exponential / (1.0 + exponential)
        self._output = result
        return result

    def backward(self, delta: NDArray[np.float64]) -> NDArray[np.float64]:
        assert delta.shape == self._output.shape
        derivative = self._output * (1.0 - self._output)
        return delta * derivative


def _accuracy(logit: NDArray[np.float64], gt: NDArray[np.float64]) -> float:
    return float(np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)))


@dataclass(eq=False)
class EuclideanLossLayer:
    loss: float = 0.0
    acc: float = 0.0

    def forward(self, logit: NDArray[np.float64], gt: NDArray[np.float64]) -> float:
        assert logit.shape == gt.shape, f"{logit.shape} and {gt.shape} differ"
        self._residual = logit - gt
        self._batch_size: int = logit.shape[0]
        self.acc = _accuracy(logit, gt)
        per_example = np.sum(np.square(self._residual), axis=1)
        self.loss = float(0.5 * np.mean(per_example))
        return self.loss

    def backward(self) -> NDArray[np.float64]:
        return self._residual / self._batch_size


@dataclass(eq=False)
class SoftmaxCrossEntropyLossLayer:
    loss: float = 0.0
    acc: float = 0.0

    def forward(self, logit: NDArray[np.float64], gt: NDArray[np.float64]) -> float:
        assert logit.shape == gt.shape, f"{logit.shape} and {gt.shape} differ"
        row_max = np.max(logit, axis=1, keepdims=True)
        centred = logit - row_max
        log_sum = np.log(np.sum(np.exp(centred), axis=1, keepdims=True))
        log_probability = centred - log_sum
        self._probability = np.exp(log_probability)
        self._target = gt
        self.acc = _accuracy(logit, gt)
        per_example = -np.sum(gt * log_probability, axis=1)
        self.loss = float(np.mean(per_example))
        return self.loss

    def backward(self) -> NDArray[np.float64]:
        batch_size, _ = self._target.shape
        return (self._probability - self._target) / batch_size


@dataclass
class SGD:
    learningRate: float
    weightDecay: float

    def step(self, model: Any) -> None:
        for layer in model.layerList:
            if not layer.trainable:
                continue
            direction = layer.grad_W + self.weightDecay * layer.W
            layer.W = layer.W - self.learningRate * direction
            layer.b = layer.b - self.learningRate * layer.grad_b
