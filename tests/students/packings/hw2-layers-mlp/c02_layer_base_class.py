"""Layers with a common base class; W and b live in a dictionary of Parameter objects."""
from __future__ import annotations

import abc
import contextlib
import weakref
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

T = TypeVar("T")


class Parameter(Generic[T]):
    """Data descriptor: layer.W reads and writes layer.values["W"]."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        try:
            return obj.values[self.name]
        except KeyError:
            raise AttributeError(self.name) from None

    def __set__(self, obj, value):
        obj.values[self.name] = np.asarray(value, dtype=np.float64)


class Layer(abc.ABC):
    kinds: ClassVar[dict[str, type]] = {}
    trainable = False

    def __init_subclass__(cls, *, trainable: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.trainable = trainable
        Layer.kinds[cls.__name__] = cls

    def __init__(self):
        self.values: dict[str, np.ndarray] = {}
        self.seen: list[np.ndarray] = []

    @abc.abstractmethod
    def forward(self, Input): ...

    @abc.abstractmethod
    def backward(self, delta): ...

    def __call__(self, Input):
        return self.forward(Input)

    @contextlib.contextmanager
    def remember(self, *arrays):
        self.seen = list(arrays)
        yield self


class FCLayer(Layer, trainable=True):
    W: Parameter[np.ndarray] = Parameter()
    b: Parameter[np.ndarray] = Parameter()
    grad_W: Parameter[np.ndarray] = Parameter()
    grad_b: Parameter[np.ndarray] = Parameter()

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        self.W = np.random.randn(num_input, num_output) * np.sqrt((1 + (actFunction == "relu")) / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, Input):
        with self.remember(Input):
            return Input @ self.W + self.b

    def backward(self, delta):
        (Input,) = self.seen
        self.grad_W = Input.T @ delta
        self.grad_b = np.add.reduce(delta, axis=0, keepdims=True)
        return delta @ self.W.T


class ReLULayer(Layer):
    def forward(self, Input):
        with self.remember(Input > 0):
            return Input * self.seen[0]

    def backward(self, delta):
        return delta * self.seen[0]


class SigmoidLayer(Layer):
    def forward(self, Input):
        with self.remember(0.5 * np.tanh(0.5 * Input) + 0.5):
            return self.seen[0]

    def backward(self, delta):
        (z,) = self.seen
        return delta * z * (1 - z)


class Loss(Layer):
    def __init__(self):
        super().__init__()
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self.acc = float((logit.argmax(1) == gt.argmax(1)).mean())
        with self.remember(self.outputs(logit), gt):
            self.loss = self.value(logit, gt) / len(gt)
            return self.loss

    def backward(self):
        out, gt = self.seen
        return (out - gt) / len(gt)

    @abc.abstractmethod
    def value(self, logit, gt): ...

    def outputs(self, logit):
        return logit

    __call__ = forward


class EuclideanLossLayer(Loss):
    def value(self, logit, gt):
        return ((logit - gt) ** 2).sum() / 2


class SoftmaxCrossEntropyLossLayer(Loss):
    def outputs(self, logit):
        return np.exp(self.log_softmax(logit))

    @staticmethod
    def log_softmax(logit):
        s = logit - logit.max(1, keepdims=True)
        return s - np.log(np.exp(s).sum(1, keepdims=True))

    def value(self, logit, gt):
        return -(gt * self.log_softmax(logit)).sum()


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.__dict__.update(learningRate=learningRate, weightDecay=weightDecay)
        self.stepped = weakref.WeakSet()

    def step(self, model):
        for layer in filter(lambda l: getattr(l, "trainable", False), model.layerList):
            layer.W = layer.W - self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
            layer.b = layer.b - self.learningRate * layer.grad_b


assert set(Layer.kinds) >= {"FCLayer", "ReLULayer", "SigmoidLayer"}
