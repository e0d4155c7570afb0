"""Type hints, __slots__ for what has no parameters, dataclasses for what is kept, and column layout inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EPS = 1e-14


@dataclass(frozen=True)
class Kept:
    """What a loss keeps: both transposed, (C, N)."""

    guess: Array
    truth: Array

    @property
    def n(self) -> int:
        return self.truth.shape[1]


class FCLayer:
    """Fully connected: X W + b."""

    def __init__(self, num_input: int, num_output: int, actFunction: str = "relu", trainable: bool = True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        self._columns: Array | None = None

    def forward(self, Input: Array) -> Array:
        self._columns = np.array(Input.T, order="C")  # (D, N), a copy of my own
        result = np.empty((self.W.shape[1], Input.shape[0]))
        np.matmul(self.W.T, self._columns, out=result)
        result += self.b.reshape(-1, 1)
        return result.T

    def backward(self, delta: Array) -> Array:
        if self._columns is None:
            raise RuntimeError("forward first")
        self.grad_W = np.tensordot(self._columns, delta, axes=([1], [0]))
        self.grad_b = np.add.reduce(delta, axis=0, keepdims=True)
        return np.tensordot(delta, self.W, axes=([1], [1]))


class ReLULayer:
    """max(x, 0)."""

    __slots__ = ("trainable", "_mask")

    def __init__(self) -> None:
        self.trainable = False
        self._mask: Array | None = None

    def forward(self, Input: Array) -> Array:
        self._mask = np.greater(Input, 0)
        return np.multiply(Input, self._mask)

    def backward(self, delta: Array) -> Array:
        return np.multiply(delta, self._mask)


class SigmoidLayer:
    """1 / (1 + exp(-x)), by way of its logarithm."""

    __slots__ = ("trainable", "_z")

    def __init__(self) -> None:
        self.trainable = False
        self._z: Array | None = None

    def forward(self, Input: Array) -> Array:
        log_z = np.minimum(Input, 0) - np.log1p(np.exp(-np.abs(Input)))
        self._z = np.exp(log_z)
        return self._z

    def backward(self, delta: Array) -> Array:
        return np.einsum("nh,nh,nh->nh", delta, self._z, 1 - self._z)


class EuclideanLossLayer:
    """Half the mean square of the difference."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0
        self._kept: Kept | None = None

    def forward(self, logit: Array, gt: Array) -> float:
        self._kept = kept = Kept(logit.T, gt.T)
        self.acc = float(np.mean(kept.guess.argmax(axis=0) == kept.truth.argmax(axis=0)))
        self.loss = float(np.mean(np.square(kept.guess - kept.truth).sum(axis=0)) / 2)
        return self.loss

    def backward(self) -> Array:
        kept = self._kept
        return ((kept.guess - kept.truth) / kept.n).T


class SoftmaxCrossEntropyLossLayer:
    """Cross-entropy of a softmax."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0
        self._kept: Kept | None = None

    @staticmethod
    def softmax(columns: Array) -> Array:
        """Each column a distribution."""
        e = np.exp(columns - columns.max(axis=0))
        return e / e.sum(axis=0)

    def forward(self, logit: Array, gt: Array) -> float:
        self._kept = kept = Kept(self.softmax(logit.T), gt.T)
        self.acc = float(np.mean(kept.guess.argmax(axis=0) == kept.truth.argmax(axis=0)))
        self.loss = float(-(kept.truth * np.log(kept.guess + EPS)).sum() / kept.n)
        return self.loss

    def backward(self) -> Array:
        kept = self._kept
        return np.ascontiguousarray(((kept.guess - kept.truth) / kept.n).T)


class SGD:
    """Descent with weight decay."""

    def __init__(self, learningRate: float, weightDecay: float):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model) -> None:
        for layer in model.layerList:
            if layer.trainable:
                self._move(layer)

    def _move(self, layer: FCLayer) -> None:
        gradient = layer.grad_W + self.weightDecay * layer.W
        layer.W, layer.b = layer.W - self.learningRate * gradient, layer.b - self.learningRate * layer.grad_b
