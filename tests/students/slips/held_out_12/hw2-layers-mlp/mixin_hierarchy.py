"""Layers built from two mixins: one remembers, one measures."""

from abc import ABC, abstractmethod
from typing import Dict

import numpy as np


class Remembers:
    """A notebook in each object (never in the class) between forward and backward."""

    @property
    def notes(self) -> Dict[str, np.ndarray]:
        if "_notes" not in self.__dict__:
            self._notes = {}
        return self._notes

    def remember(self, **things) -> None:
        self.notes.update(things)

    def recall(self, *names):
        found = tuple(self.notes[name] for name in names)
        return found[0] if len(found) == 1 else found


class Elementwise(Remembers, ABC):
    """y = f(x), entry by entry; the slope is kept, the upstream gradient multiplied by it."""

    trainable = False

    @abstractmethod
    def value_and_slope(self, x):
        """f(x) and f'(x)."""

    def forward(self, Input):
        value, slope = self.value_and_slope(np.asarray(Input, dtype=np.float64))
        self.remember(slope=slope)
        return value

    def backward(self, delta):
        return np.multiply(delta, self.recall("slope"))


class ReLULayer(Elementwise):
    def value_and_slope(self, x):
        on = x > 0
        return np.where(on, x, 0.0), on.astype(np.float64)


class SigmoidLayer(Elementwise):
    def value_and_slope(self, x):
        z = np.exp(-np.logaddexp(0.0, -x))
        return z, z * (1.0 - z)


class FCLayer(Remembers):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.remember(Input=Input)
        return np.matmul(Input, self.W) + self.b

    def backward(self, delta):
        x = self.recall("Input")
        self.grad_W = np.matmul(x.T, delta)
        self.grad_b = np.matmul(np.ones((1, len(delta))), delta)
        return np.matmul(delta, self.W.T)


class Averaged(Remembers, ABC):
    """A loss that is an average over the batch: 1/N in the number and, once, in the derivative."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    @abstractmethod
    def each(self, logit, gt):
        """Losses of the examples (N,), and their derivatives by the logits (N, C)."""

    def forward(self, logit, gt):
        losses, derivatives = self.each(logit, gt)
        self.remember(derivatives=derivatives)
        self.acc = np.mean(np.argmax(logit, 1) == np.argmax(gt, 1))
        self.loss = losses.mean()
        return self.loss

    def backward(self):
        derivatives = self.recall("derivatives")
        return derivatives / derivatives.shape[0]


class EuclideanLossLayer(Averaged):
    def each(self, logit, gt):
        gap = logit - gt
        return 0.5 * np.sum(gap**2, axis=1), gap


class SoftmaxCrossEntropyLossLayer(Averaged):
    def each(self, logit, gt):
        log_z = logit - logit.max(axis=1, keepdims=True)
        log_z = log_z - np.log(np.exp(log_z).sum(axis=1, keepdims=True))
        return -np.sum(gt * log_z, axis=1), np.exp(log_z) - gt


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in filter(lambda each: each.trainable, model.layerList):
            shrink = 1 - self.learningRate * self.weightDecay
            layer.W = shrink * layer.W - self.learningRate * layer.grad_W
            layer.b = layer.b - self.learningRate * np.reshape(layer.grad_b, layer.b.shape)
