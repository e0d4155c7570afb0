"""Layers as an ABC with templates: forward and backward are written once, subclasses say what happens inside."""
from __future__ import annotations

import abc
from typing import Generic, TypeVar

import numpy as np

S = TypeVar("S")


class Layer(abc.ABC, Generic[S]):
    __slots__ = ("_saved", "trainable", "__dict__")

    def __init__(self, trainable: bool = False) -> None:
        self.trainable = trainable
        self._saved: S | None = None

    def __call__(self, Input):
        return self.forward(Input)

    def forward(self, Input):
        out, self._saved = self._forward(np.asarray(Input, dtype=float))
        return out

    def backward(self, delta):
        if self._saved is None:
            raise RuntimeError(f"{type(self).__name__}.backward before forward")
        return self._backward(np.asarray(delta, dtype=float), self._saved)

    @abc.abstractmethod
    def _forward(self, x): ...

    @abc.abstractmethod
    def _backward(self, delta, saved): ...


class FCLayer(Layer[np.ndarray]):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__(trainable)
        self.num_input, self.num_output = num_input, num_output
        gain = {"relu": 2.0}.get(actFunction, 1.0)
        self.W = np.random.randn(num_input, num_output) * np.sqrt(gain / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    @property
    def W(self):
        return self._W

    @W.setter
    def W(self, value):
        self._W = np.array(value, dtype=float)

    @property
    def b(self):
        return self._b

    @b.setter
    def b(self, value):
        self._b = np.array(value, dtype=float).reshape(1, -1)

    def _forward(self, x):
        return x @ self.W + self.b, x

    def _backward(self, delta, x):
        self.grad_W = x.T @ delta
        self.grad_b = delta.sum(0, keepdims=True)
        return delta @ self.W.T


class ReLULayer(Layer[np.ndarray]):
    def __init__(self):
        super().__init__()

    def _forward(self, x):
        mask = x > 0
        return np.where(mask, x, 0.0), mask

    def _backward(self, delta, mask):
        return np.where(mask, delta, 0.0)


class SigmoidLayer(Layer[np.ndarray]):
    def __init__(self):
        super().__init__()

    def _forward(self, x):
        small = np.exp(-np.abs(x))
        z = np.where(x < 0, small, 1.0) / (1.0 + small)
        return z, z

    def _backward(self, delta, z):
        return delta * z * (1 - z)


class LossLayer(abc.ABC):
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        value, self.__residual = self._value(logit, gt)
        self.loss = value / len(gt)
        self.acc = float(np.mean(np.argmax(logit, 1) == np.argmax(gt, 1)))
        return self.loss

    def backward(self):
        return self.__residual / len(self.__residual)

    @staticmethod
    @abc.abstractmethod
    def _value(logit, gt): ...


class EuclideanLossLayer(LossLayer):
    @staticmethod
    def _value(logit, gt):
        diff = logit - gt
        return 0.5 * np.vdot(diff, diff), diff


class SoftmaxCrossEntropyLossLayer(LossLayer):
    @staticmethod
    def _value(logit, gt):
        s = logit - logit.max(1, keepdims=True)
        log_z = s - np.log(np.exp(s).sum(1, keepdims=True))
        return -np.vdot(gt, log_z), np.exp(log_z) - gt


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in filter(lambda l: l.trainable, model.layerList):
            shrink = 1 - self.learningRate * self.weightDecay
            layer.W = shrink * layer.W - self.learningRate * layer.grad_W
            layer.b = layer.b - self.learningRate * layer.grad_b
