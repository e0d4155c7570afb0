"""Layers, losses and the optimiser of a multi-layer perceptron.

Conventions
-----------
* One example is one row.
* A loss is the average over the batch; the division by the batch size happens in
  the ``backward`` of the loss and nowhere else.
* No method changes an array that it was given.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

BATCH_AXIS: int = 0
CLASS_AXIS: int = 1
HALF: float = 0.5


def _require(condition: bool, message: str) -> None:
    """Raise ``ValueError`` with ``message`` unless ``condition`` holds."""
    if not condition:
        raise ValueError(message)


def _accuracy(scores: np.ndarray, targets: np.ndarray) -> float:
    """Share of rows whose largest score is at the class of the target."""
    return float(np.mean(np.argmax(scores, axis=CLASS_AXIS) == np.argmax(targets, axis=CLASS_AXIS)))


class Layer:
    """Base class: a layer maps a batch forward and a gradient backward."""

    trainable: bool = False

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Return the output of the layer."""
        raise NotImplementedError

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Return the derivative of the loss by the input of the layer."""
        raise NotImplementedError


class FCLayer(Layer):
    """Fully connected layer, ``Input W + b``."""

    def __init__(self, num_input: int, num_output: int, actFunction: str = "relu", trainable: bool = True) -> None:
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        gain = 2.0 if actFunction == "relu" else 1.0
        self.W = np.random.randn(num_input, num_output) * np.sqrt(gain / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        self._input: Optional[np.ndarray] = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Return ``Input W + b`` of shape (N, num_output)."""
        _require(Input.shape[1] == self.W.shape[0], "Input does not fit W")
        self._input = Input
        weighted_sum = np.matmul(Input, self.W)
        return weighted_sum + np.reshape(self.b, (1, -1))

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Set ``grad_W`` and ``grad_b`` and return the derivative by the input."""
        _require(self._input is not None, "forward has to be called before backward")
        self.grad_W = np.matmul(self._input.T, delta)
        self.grad_b = np.sum(delta, axis=BATCH_AXIS, keepdims=True)
        return np.matmul(delta, self.W.T)


class ReLULayer(Layer):
    """Rectified linear unit."""

    def __init__(self) -> None:
        self.trainable = False
        self._is_active: Optional[np.ndarray] = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Return the positive part of ``Input``."""
        self._is_active = Input > 0.0
        return np.where(self._is_active, Input, 0.0)

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Return ``delta`` where the unit was active and 0 elsewhere."""
        return np.where(self._is_active, delta, 0.0)


class SigmoidLayer(Layer):
    """Logistic sigmoid."""

    def __init__(self) -> None:
        self.trainable = False
        self._output: Optional[np.ndarray] = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        """Return ``1 / (1 + exp(-Input))``; the exponential sees numbers up to 0 only."""
        decay = np.exp(-np.abs(Input))
        numerator = np.where(Input >= 0.0, 1.0, decay)
        self._output = numerator / (1.0 + decay)
        return self._output.copy()

    def backward(self, delta: np.ndarray) -> np.ndarray:
        """Return ``delta z (1 - z)``."""
        slope = self._output * (1.0 - self._output)
        return delta * slope


class EuclideanLossLayer:
    """Half the squared distance, averaged over the batch."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0
        self._residual: Optional[np.ndarray] = None

    def forward(self, logit: np.ndarray, gt: np.ndarray) -> float:
        """Return ``1 / (2N) * sum((logit - gt)^2)``."""
        _require(logit.shape == gt.shape, "logit and gt differ in shape")
        self._residual = logit - gt
        squared_distances = np.sum(np.square(self._residual), axis=CLASS_AXIS)
        self.acc = _accuracy(logit, gt)
        self.loss = HALF * float(np.mean(squared_distances))
        return self.loss

    def backward(self) -> np.ndarray:
        """Return ``(logit - gt) / N``."""
        num_examples = self._residual.shape[BATCH_AXIS]
        return self._residual / num_examples


class SoftmaxCrossEntropyLossLayer:
    """Cross-entropy of the softmax of every row, averaged over the batch."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.acc = 0.0
        self._probabilities: Optional[np.ndarray] = None
        self._targets: Optional[np.ndarray] = None

    def forward(self, logit: np.ndarray, gt: np.ndarray) -> float:
        """Return ``-1/N * sum(gt * log(softmax(logit)))``."""
        _require(logit.shape == gt.shape, "logit and gt differ in shape")
        row_maximum = np.max(logit, axis=CLASS_AXIS, keepdims=True)
        centred = logit - row_maximum
        log_normaliser = np.log(np.sum(np.exp(centred), axis=CLASS_AXIS, keepdims=True))
        log_probabilities = centred - log_normaliser
        self._probabilities = np.exp(log_probabilities)
        self._targets = np.array(gt, dtype=np.float64)
        self.acc = _accuracy(logit, gt)
        self.loss = float(-np.sum(gt * log_probabilities) / logit.shape[BATCH_AXIS])
        return self.loss

    def backward(self) -> np.ndarray:
        """Return ``(softmax(logit) - gt) / N``."""
        num_examples = self._targets.shape[BATCH_AXIS]
        return (self._probabilities - self._targets) / num_examples


class SGD:
    """Stochastic gradient descent with weight decay on the weights."""

    def __init__(self, learningRate: float, weightDecay: float) -> None:
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model) -> None:
        """Update every trainable layer of ``model.layerList``."""
        for layer in model.layerList:
            if not layer.trainable:
                continue
            weight_direction = layer.grad_W + self.weightDecay * layer.W
            bias_direction = layer.grad_b
            layer.W = layer.W - self.learningRate * weight_direction
            layer.b = layer.b - self.learningRate * bias_direction


def _numerical_gradient(function, point, *, step=1e-6):
    """Central differences of a scalar function of an array."""
    result = np.zeros_like(point)
    for index in np.ndindex(*point.shape):
        up, down = point.copy(), point.copy()
        up[index] += step
        down[index] -= step
        result[index] = (function(up) - function(down)) / (2 * step)
    return result


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    demo_logit = generator.normal(size=(5, 3))
    demo_gt = np.eye(3)[generator.integers(0, 3, size=5)]
    for loss_class in (EuclideanLossLayer, SoftmaxCrossEntropyLossLayer):
        demo_loss = loss_class()
        demo_loss.forward(demo_logit, demo_gt)
        numeric = _numerical_gradient(lambda v: loss_class().forward(v, demo_gt), demo_logit)
        print(loss_class.__name__, np.abs(demo_loss.backward() - numeric).max())
