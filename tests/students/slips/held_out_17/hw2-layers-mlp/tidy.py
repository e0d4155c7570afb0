"""Layers, losses and the optimizer of a multi-layer perceptron (homework 2, parts 3 and 4).

The losses average over the batch, so the 1/N appears once, in their ``backward``; all layers only sum.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Optional

import numpy as np

Array = np.ndarray


def log_softmax(logits: Array) -> Array:
    """Row-wise log softmax, shifted by the largest logit of each row."""
    assert logits.ndim == 2, "one example is one row"
    shifted = logits - np.amax(logits, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def accuracy(logit: Array, gt: Array) -> float:
    """Share of the rows whose largest score is at the label."""
    return float(np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)))


class FCLayer:
    """Fully connected layer: Input W + b."""

    def __init__(self, num_input: int, num_output: int, actFunction: str = "relu", trainable: bool = True) -> None:
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        gain = 2.0 if actFunction == "relu" else 1.0
        self.W: Array = np.random.randn(num_input, num_output) * np.sqrt(gain / num_input)
        self.b: Array = np.zeros((1, num_output))
        self.grad_W: Array = np.zeros_like(self.W)
        self.grad_b: Array = np.zeros_like(self.b)
        self._input: Optional[Array] = None

    def forward(self, Input: Array) -> Array:
        """(N, num_input) -> (N, num_output)."""
        assert Input.shape[1] == self.W.shape[0], (Input.shape, self.W.shape)
        self._input = Input
        output = np.matmul(Input, self.W) + self.b
        assert output.shape == (Input.shape[0], self.W.shape[1])
        return output

    def backward(self, delta: Array) -> Array:
        """(N, num_output) -> (N, num_input); stores grad_W and grad_b."""
        assert self._input is not None, "forward comes first"
        self.grad_W = np.matmul(self._input.T, delta)
        self.grad_b = delta.sum(axis=0).reshape(1, -1)
        assert self.grad_W.shape == self.W.shape
        return np.matmul(delta, self.W.T)


class Activation(ABC):
    """An element-wise layer without parameters: keeps the local derivative between forward and backward."""

    trainable = False

    def __init__(self) -> None:
        self.trainable = False
        self._slope: Optional[Array] = None

    @abstractmethod
    def value_and_slope(self, x: Array) -> tuple[Array, Array]:
        """The function and its derivative at x."""

    def forward(self, Input: Array) -> Array:
        """Entry by entry."""
        value, self._slope = self.value_and_slope(Input)
        return value

    def backward(self, delta: Array) -> Array:
        """Chain rule, entry by entry."""
        assert self._slope is not None and self._slope.shape == delta.shape
        return self._slope * delta


class ReLULayer(Activation):
    """max(x, 0)."""

    def value_and_slope(self, x: Array) -> tuple[Array, Array]:
        slope = (x > 0).astype(x.dtype)
        return np.maximum(x, 0.0), slope


class SigmoidLayer(Activation):
    """1 / (1 + exp(-x))."""

    def value_and_slope(self, x: Array) -> tuple[Array, Array]:
        z = np.empty_like(x, dtype=float)
        positive = x >= 0
        z[positive] = 1.0 / (1.0 + np.exp(-x[positive]))
        growth = np.exp(x[~positive])
        z[~positive] = growth / (1.0 + growth)
        return z, z * (1.0 - z)


class EuclideanLossLayer:
    """1/(2N) sum (logit - gt)^2."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit: Array, gt: Array) -> float:
        """Half the mean (over the batch) of the squared distance."""
        assert logit.shape == gt.shape
        self._residual = logit - gt
        self.acc = accuracy(logit, gt)
        per_example = 0.5 * np.sum(np.square(self._residual), axis=1)
        self.loss = float(per_example.mean())
        return self.loss

    def backward(self) -> Array:
        """(logit - gt) / N."""
        num_examples = self._residual.shape[0]
        return self._residual / num_examples


class SoftmaxCrossEntropyLossLayer:
    """-1/N sum gt log softmax(logit)."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit: Array, gt: Array) -> float:
        """Average cross-entropy of the batch."""
        assert logit.shape == gt.shape
        log_probabilities = log_softmax(logit)
        self._probabilities = np.exp(log_probabilities)
        self._gt = gt
        self.acc = accuracy(logit, gt)
        per_example = -np.sum(gt * log_probabilities, axis=1)
        self.loss = float(per_example.mean())
        return self.loss

    def backward(self) -> Array:
        """(softmax(logit) - gt) / N."""
        num_examples = self._gt.shape[0]
        return (self._probabilities - self._gt) / num_examples


class SGD:
    """Gradient descent with weight decay on W."""

    def __init__(self, learningRate: float, weightDecay: float) -> None:
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model: Any) -> None:
        """One step of every trainable layer of model.layerList."""
        for layer in model.layerList:
            if not layer.trainable:
                continue
            direction_W = layer.grad_W + self.weightDecay * layer.W
            direction_b = layer.grad_b
            layer.W = layer.W - self.learningRate * direction_W
            layer.b = layer.b - self.learningRate * direction_b
