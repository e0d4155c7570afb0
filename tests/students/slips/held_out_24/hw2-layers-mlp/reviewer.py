"""Layers, losses and optimizer. State between the passes lives in one cache object for each layer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class LinearCache(NamedTuple):
    inputs: np.ndarray
    weights: np.ndarray


class LossCache(NamedTuple):
    residual: np.ndarray
    batch_size: int


def _init_std(*, fan_in: int, act: str) -> float:
    gain = 2.0 if act == "relu" else 1.0
    return float(np.sqrt(gain / fan_in))


def _stable_sigmoid(x: np.ndarray) -> np.ndarray:
    result = np.empty_like(x, dtype=float)
    nonneg = x >= 0
    result[nonneg] = 1.0 / (1.0 + np.exp(-x[nonneg]))
    exp_x = np.exp(x[~nonneg])
    result[~nonneg] = exp_x / (1.0 + exp_x)
    return result


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - np.amax(logits, axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _accuracy(*, logits: np.ndarray, targets: np.ndarray) -> float:
    return float((logits.argmax(axis=1) == targets.argmax(axis=1)).mean())


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output) * _init_std(fan_in=num_input, act=actFunction)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        self._cache: LinearCache | None = None

    def forward(self, Input):
        assert Input.ndim == 2, "Input must be (N, D)"
        self._cache = LinearCache(inputs=Input, weights=self.W)
        return np.matmul(Input, self.W) + self.b.reshape(1, -1)

    def backward(self, delta):
        assert self._cache is not None, "backward before forward"
        inputs, weights = self._cache
        self.grad_W = np.einsum("nd,nh->dh", inputs, delta)
        self.grad_b = np.einsum("nh->h", delta)[np.newaxis, :]
        return np.einsum("nh,dh->nd", delta, weights)


class ReLULayer:
    def __init__(self):
        self.trainable = False
        self._active: np.ndarray | None = None

    def forward(self, Input):
        self._active = Input > 0
        return np.where(self._active, Input, 0.0)

    def backward(self, delta):
        assert self._active is not None, "backward before forward"
        return np.where(self._active, delta, 0.0)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False
        self._activation: np.ndarray | None = None

    def forward(self, Input):
        self._activation = _stable_sigmoid(Input)
        return self._activation.copy()

    def backward(self, delta):
        z = self._activation
        local_slope = z * (1.0 - z)
        return delta * local_slope


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self._cache: LossCache | None = None

    def forward(self, logit, gt):
        assert logit.shape == gt.shape
        self._cache = LossCache(residual=logit - gt, batch_size=logit.shape[0])
        self.acc = _accuracy(logits=logit, targets=gt)
        squared_norms = np.square(self._cache.residual).sum(axis=1)
        self.loss = float(0.5 * squared_norms.mean())
        return self.loss

    def backward(self):
        return self._cache.residual / self._cache.batch_size


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self._cache: LossCache | None = None

    def forward(self, logit, gt):
        assert logit.shape == gt.shape
        log_z = _log_softmax(logit)
        self._cache = LossCache(residual=np.exp(log_z) - gt, batch_size=gt.shape[0])
        self.acc = _accuracy(logits=logit, targets=gt)
        self.loss = float(-np.sum(gt * log_z, axis=1).mean())
        return self.loss

    def backward(self):
        residual, batch_size = self._cache
        return residual / batch_size


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def _stepped(self, value, slope, *, decay):
        return value - self.learningRate * (slope + decay * value)

    def step(self, model):
        trainable_layers = [layer for layer in model.layerList if layer.trainable]
        for layer in trainable_layers:
            layer.W = self._stepped(layer.W, layer.grad_W, decay=self.weightDecay)
            layer.b = self._stepped(layer.b, layer.grad_b, decay=0.0)
