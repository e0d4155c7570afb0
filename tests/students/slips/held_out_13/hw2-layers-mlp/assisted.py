"""Neural network building blocks with hand-written derivatives.

The classes keep what their backward pass needs in a private cache dictionary that belongs to the instance. Losses are
averages over the batch, and the division by the batch size happens in the backward pass of the loss only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

_MIN_PROBABILITY = 1e-15


def _as_matrix(values: Any, name: str) -> np.ndarray:
    """Convert to a float64 matrix or raise ValueError."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name} must have two dimensions, got {matrix.ndim}")
    return matrix


def _require(cache: dict[str, Any], key: str) -> Any:
    """An entry of the cache; a clear error where forward was not called."""
    if key not in cache:
        raise RuntimeError("backward called before forward")
    return cache[key]


class _Layer(ABC):
    """Common interface of all layers."""

    def __init__(self, trainable: bool = False) -> None:
        self.trainable = trainable
        self._cache: dict[str, Any] = {}

    @abstractmethod
    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Compute the output of the layer."""

    @abstractmethod
    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Propagate the upstream gradient."""


class FCLayer(_Layer):
    """Affine transformation of the rows."""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__(trainable)
        if num_input < 1 or num_output < 1:
            raise ValueError("sizes must be positive")
        self.num_input = num_input
        self.num_output = num_output
        scale = 2.0 if actFunction == "relu" else 1.0
        self.W = np.random.standard_normal((num_input, num_output)) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output), dtype=np.float64)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        features = _as_matrix(Input, "Input")
        if features.shape[1] != self.W.shape[0]:
            raise ValueError(f"expected {self.W.shape[0]} inputs, got {features.shape[1]}")
        self._cache["features"] = features
        output = np.matmul(features, self.W)
        np.add(output, np.reshape(self.b, (1, -1)), out=output)
        return output

    def backward(self, delta):
        features = _require(self._cache, "features")
        upstream = _as_matrix(delta, "delta")
        if upstream.shape != (features.shape[0], self.W.shape[1]):
            raise ValueError("delta does not fit the last forward pass")
        self.grad_W = np.matmul(features.T, upstream)
        self.grad_b = np.sum(upstream, axis=0, keepdims=True)
        return np.matmul(upstream, self.W.T)


class ReLULayer(_Layer):
    """Rectified linear unit."""

    def __init__(self):
        super().__init__()

    def forward(self, Input):
        values = np.asarray(Input, dtype=np.float64)
        active = values > 0
        self._cache["active"] = active
        return np.multiply(values, active)

    def backward(self, delta):
        active = _require(self._cache, "active")
        gradient = np.zeros(active.shape, dtype=np.float64)
        np.copyto(gradient, np.asarray(delta, dtype=np.float64), where=active)
        return gradient


class SigmoidLayer(_Layer):
    """Logistic activation that never overflows."""

    def __init__(self):
        super().__init__()

    def forward(self, Input):
        values = np.asarray(Input, dtype=np.float64)
        decayed = np.exp(-np.abs(values))
        numerator = np.where(values < 0, decayed, 1.0)
        output = np.divide(numerator, 1.0 + decayed)
        self._cache["output"] = output.copy()
        return output

    def backward(self, delta):
        output = _require(self._cache, "output")
        slope = np.subtract(output, np.square(output))
        return np.multiply(delta, slope)


class _LossLayer(ABC):
    """Common parts of both losses."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self._cache: dict[str, Any] = {}

    def _check(self, logit, gt):
        scores, targets = _as_matrix(logit, "logit"), _as_matrix(gt, "gt")
        if scores.shape != targets.shape:
            raise ValueError("logit and gt must have the same shape")
        self.acc = float(np.mean(np.argmax(scores, axis=1) == np.argmax(targets, axis=1)))
        return scores, targets

    @abstractmethod
    def forward(self, logit, gt):
        """The loss."""

    def backward(self):
        """Derivative of the loss by the logits."""
        residual = _require(self._cache, "residual")
        return residual / residual.shape[0]


class EuclideanLossLayer(_LossLayer):
    """Half of the average squared distance."""

    def forward(self, logit, gt):
        scores, targets = self._check(logit, gt)
        residual = scores - targets
        self._cache["residual"] = residual
        self.loss = 0.5 * float(np.linalg.norm(residual) ** 2) / residual.shape[0]
        return self.loss


class SoftmaxCrossEntropyLossLayer(_LossLayer):
    """Average cross-entropy of the softmax of the logits."""

    @staticmethod
    def _softmax(scores):
        shifted = scores - np.amax(scores, axis=1, keepdims=True)
        np.exp(shifted, out=shifted)
        shifted /= shifted.sum(axis=1, keepdims=True)
        return shifted

    def forward(self, logit, gt):
        scores, targets = self._check(logit, gt)
        probabilities = self._softmax(scores)
        self._cache["residual"] = probabilities - targets
        labels = np.argmax(targets, axis=1)[:, None]
        chosen = np.take_along_axis(probabilities, labels, axis=1)
        self.loss = float(-np.log(np.clip(chosen, _MIN_PROBABILITY, 1.0)).mean())
        return self.loss


class SGD:
    """Stochastic gradient descent with decoupled handling of weights and biases."""

    def __init__(self, learningRate, weightDecay):
        if learningRate < 0 or weightDecay < 0:
            raise ValueError("rates must not be negative")
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def _regularised(self, layer):
        """Gradient of the weights with the decay."""
        return layer.grad_W + self.weightDecay * layer.W

    def step(self, model):
        for layer in model.layerList:
            if not getattr(layer, "trainable", False):
                continue
            gradient = self._regularised(layer)
            layer.W -= self.learningRate * gradient
            layer.b -= self.learningRate * layer.grad_b
