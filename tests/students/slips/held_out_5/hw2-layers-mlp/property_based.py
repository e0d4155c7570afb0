"""Layers whose derivatives are computed when they are asked for."""
from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np


class FCLayer:
    def __init__(self, num_input: int, num_output: int, actFunction: str = "relu", trainable: bool = True) -> None:
        self.W = np.random.standard_normal((num_input, num_output)) * np.sqrt(2.0 / (num_input + num_output))
        self.b = np.zeros((1, num_output))
        self.trainable = trainable
        self.grad_W: Any = None
        self.grad_b: Any = None
        self._Input: Any = None

    def forward(self, Input):
        self._Input = Input
        return np.add(np.matmul(Input, self.W), np.broadcast_to(self.b, (len(Input), self.W.shape[1])))

    def backward(self, delta):
        # (delta^T Input)^T, to keep the big axis last
        self.grad_W = np.ascontiguousarray(np.matmul(delta.T, self._Input).T)
        self.grad_b = np.add.reduce(delta, axis=0, keepdims=True)
        return np.tensordot(delta, self.W, axes=([1], [1]))


class _Softmax:
    def __init__(self, logits):
        self.logits = logits

    @cached_property
    def log(self):
        centred = self.logits - self.logits.max(axis=1, keepdims=True)
        return centred - np.log(np.exp(centred).sum(axis=1, keepdims=True))

    @cached_property
    def value(self):
        return np.exp(self.log)


class ReLULayer:
    trainable = False

    def forward(self, Input):
        self._dead = ~(Input > 0)
        out = np.array(Input, dtype=float)
        out[self._dead] = 0
        return out

    def backward(self, delta):
        out = np.array(delta, dtype=float)
        out[self._dead] = 0
        return out


class SigmoidLayer:
    trainable = False

    def forward(self, Input):
        self._Input = Input
        return np.reciprocal(1 + np.exp(-Input))

    def backward(self, delta):
        z = np.reciprocal(1 + np.exp(-self._Input))
        return np.multiply(np.multiply(z, 1 - z), delta)


class EuclideanLossLayer:
    loss = acc = 0.0

    def forward(self, logit, gt):
        self._gap = np.subtract(logit, gt)
        self.acc = (np.argmax(logit, axis=1) == np.argmax(gt, axis=1)).mean()
        self.loss = np.linalg.norm(self._gap) ** 2 / (2 * self._gap.shape[0])
        return self.loss

    def backward(self):
        return np.multiply(1 / self._gap.shape[0], self._gap)


class SoftmaxCrossEntropyLossLayer:
    loss = acc = 0.0

    def forward(self, logit, gt):
        self._softmax, self._gt = _Softmax(logit), gt
        self.acc = (np.argmax(logit, axis=1) == np.argmax(gt, axis=1)).mean()
        self.loss = float(-np.mean(self._softmax.log[gt > 0]))
        return self.loss

    def backward(self):
        return np.multiply(1 / len(self._gt), np.subtract(self._softmax.value, self._gt))


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = float(learningRate), float(weightDecay)

    def step(self, model):
        for layer in [each for each in model.layerList if each.trainable]:
            direction = layer.grad_W + self.weightDecay * layer.W
            layer.W = np.subtract(layer.W, self.learningRate * direction)
            layer.b = np.subtract(layer.b, self.learningRate * layer.grad_b)
