"""Building blocks of a multi-layer perceptron: layers, losses and an optimizer.

Each class exposes ``forward`` and ``backward``. Everything the backward pass
needs is cached on the instance during the forward pass.
"""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

EPS: float = 1e-11


def _require_cache(value: Optional[np.ndarray], name: str) -> np.ndarray:
    """Return the cached value or raise if forward() has not been called yet."""
    if value is None:
        raise RuntimeError(f"{name}: forward() must be called before backward()")
    return value


def _check_same_shape(a: np.ndarray, b: np.ndarray) -> None:
    """Make sure two arrays have identical shapes."""
    if a.shape != b.shape:
        raise ValueError(f"shape mismatch: {a.shape} vs {b.shape}")


def _accuracy(scores: np.ndarray, one_hot: np.ndarray) -> float:
    """Fraction of rows whose largest score is at the position of the label."""
    return float(np.mean(np.argmax(scores, axis=1) == np.argmax(one_hot, axis=1)))


def _row_softmax(logit: np.ndarray) -> np.ndarray:
    """Numerically stable softmax along the class axis."""
    shifted = logit - np.max(logit, axis=1, keepdims=True)
    exp_shifted = np.exp(shifted)
    return exp_shifted / np.sum(exp_shifted, axis=1, keepdims=True)


class FCLayer:
    """Fully connected (affine) layer."""

    def __init__(
        self, num_input: int, num_output: int, actFunction: str = "relu", trainable: bool = True
    ) -> None:
        """Initialise the weights (He for ReLU, Xavier otherwise) and zero biases."""
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self._cached_input: Optional[np.ndarray] = None
        fan_scale = 2.0 if actFunction == "relu" else 1.0
        self.W = np.random.randn(num_input, num_output) * np.sqrt(fan_scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Compute the affine map and cache the input."""
        self._cached_input = Input
        return np.dot(Input, self.W) + self.b

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Store the parameter gradients and return the gradient of the input."""
        cached_input = _require_cache(self._cached_input, "FCLayer")
        # Gradient of the weights: sum over the batch of outer products
        self.grad_W = np.dot(cached_input.T, delta)
        # Gradient of the bias: the bias is broadcast, so we sum over the batch
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        # Gradient of the input
        return np.dot(delta, self.W.T)


class ReLULayer:
    """Rectified linear unit."""

    def __init__(self) -> None:
        self.trainable = False
        self._mask: Optional[np.ndarray] = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Zero out the non-positive entries."""
        self._mask = Input > 0
        return np.where(self._mask, Input, 0.0)

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Pass the gradient where the input was positive."""
        mask = _require_cache(self._mask, "ReLULayer")
        _check_same_shape(mask, delta)
        return np.where(mask, delta, 0.0)


class SigmoidLayer:
    """Logistic activation."""

    def __init__(self) -> None:
        self.trainable = False
        self._activation: Optional[np.ndarray] = None

    @staticmethod
    def _sigmoid(values: np.ndarray) -> np.ndarray:
        """Stable logistic function: never exponentiates a positive number."""
        result = np.empty_like(values, dtype=np.float64)
        positive = values >= 0
        result[positive] = 1.0 / (1.0 + np.exp(-values[positive]))
        exp_negative = np.exp(values[~positive])
        result[~positive] = exp_negative / (1.0 + exp_negative)
        return result

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Apply the logistic function."""
        self._activation = self._sigmoid(Input)
        return self._activation

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Multiply by the local derivative z (1 - z)."""
        activation = _require_cache(self._activation, "SigmoidLayer")
        local_derivative = activation * (1.0 - activation)
        return delta * local_derivative


class EuclideanLossLayer:
    """Half mean squared error."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0
        self._residual: Optional[np.ndarray] = None

    def forward(self, logit: np.ndarray, gt: np.ndarray) -> float:
        """Return 1/(2N) times the squared distance."""
        _check_same_shape(logit, gt)
        batch_size = logit.shape[0]
        self._residual = logit - gt
        self.loss = float(0.5 * np.sum(self._residual**2) / batch_size)
        self.acc = _accuracy(logit, gt)
        return self.loss

    def backward(self) -> np.ndarray:
        """Return the residual averaged over the batch."""
        residual = _require_cache(self._residual, "EuclideanLossLayer")
        return residual / residual.shape[0]


class SoftmaxCrossEntropyLossLayer:
    """Softmax followed by the cross-entropy."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0
        self._probabilities: Optional[np.ndarray] = None
        self._targets: Optional[np.ndarray] = None

    def forward(self, logit: np.ndarray, gt: np.ndarray) -> float:
        """Return the average negative log-likelihood."""
        _check_same_shape(logit, gt)
        batch_size = logit.shape[0]
        self._probabilities = _row_softmax(logit)
        self._targets = gt
        log_likelihood = np.sum(gt * np.log(self._probabilities + EPS), axis=1)
        self.loss = float(-np.sum(log_likelihood) / batch_size)
        self.acc = _accuracy(logit, gt)
        return self.loss

    def backward(self) -> np.ndarray:
        """Return (softmax - target) / N."""
        probabilities = _require_cache(self._probabilities, "SoftmaxCrossEntropyLossLayer")
        batch_size = probabilities.shape[0]
        return (probabilities - self._targets) / batch_size


class SGD:
    """Plain gradient descent with weight decay."""

    def __init__(self, learningRate: float, weightDecay: float) -> None:
        if learningRate < 0 or weightDecay < 0:
            raise ValueError("learningRate and weightDecay must not be negative")
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def _update_layer(self, layer: Any) -> None:
        """Update the parameters of one layer."""
        decayed_gradient = layer.grad_W + self.weightDecay * layer.W
        layer.W = layer.W - self.learningRate * decayed_gradient
        layer.b = layer.b - self.learningRate * layer.grad_b

    def step(self, model: Any) -> None:
        """Update every trainable layer of the model."""
        for layer in model.layerList:
            if not getattr(layer, "trainable", False):
                continue
            self._update_layer(layer)
