import abc
import inspect
from typing import ClassVar, Generic, TypeVar
import numpy as np

A = TypeVar("A", bound=np.ndarray)


class Module(abc.ABC, Generic[A]):
    """Every layer. Subclasses are collected by name."""

    __slots__ = ("__dict__", "_kept")
    known: ClassVar[dict] = {}
    trainable = False

    def __init_subclass__(cls, /, **kwargs):
        super().__init_subclass__(**kwargs)
        if not inspect.isabstract(cls):
            Module.known[cls.__name__] = cls

    @abc.abstractmethod
    def forward(self, *args): ...

    @abc.abstractmethod
    def backward(self, *args): ...

    def __call__(self, *args):
        return self.forward(*args)

    def keep(self, *what):
        self._kept = what
        return what[-1]

    @property
    def kept(self):
        return self._kept[0] if len(self._kept) == 1 else self._kept


class Parameter:
    """Descriptor: an array that is always float and of two dimensions."""

    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.slot)

    def __set__(self, obj, value):
        setattr(obj, self.slot, np.atleast_2d(np.asarray(value, dtype=float)))


class FCLayer(Module[np.ndarray]):
    W, b, grad_W, grad_b = Parameter(), Parameter(), Parameter(), Parameter()

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        gain = {"relu": 2}.get(actFunction, 1)
        self.W = np.random.randn(num_input, num_output) * np.sqrt(gain / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, Input):
        return self.keep(Input) @ self.W + self.b

    def backward(self, delta):
        self.grad_W, self.grad_b = self.kept.T @ delta, delta.sum(axis=0, keepdims=True)
        return delta @ self.W.T


class Activation(Module[np.ndarray], abc.ABC):
    @staticmethod
    @abc.abstractmethod
    def value(x): ...

    @staticmethod
    @abc.abstractmethod
    def slope(x, y): ...

    def forward(self, Input):
        return self.keep(Input, self.value(Input))

    def backward(self, delta):
        return delta * self.slope(*self.kept)


class ReLULayer(Activation):
    value = staticmethod(lambda x: np.maximum(x, 0))
    slope = staticmethod(lambda x, y: x > 0)


class SigmoidLayer(Activation):
    @staticmethod
    def value(x):
        return np.exp(-np.logaddexp(0.0, -x))

    @staticmethod
    def slope(x, y):
        return y * (1 - y)


class Criterion(Module[np.ndarray], abc.ABC):
    loss = acc = 0.0

    def backward(self):
        output, gt = self.kept
        return (output - gt) / gt.shape[0]

    def keep(self, output, gt):
        self.acc = float((output.argmax(axis=1) == gt.argmax(axis=1)).mean())
        return super().keep(output, gt)


class EuclideanLossLayer(Criterion):
    def forward(self, logit, gt):
        self.keep(logit, gt)
        self.loss = np.linalg.norm(logit - gt) ** 2 / (2 * gt.shape[0])
        return self.loss


class SoftmaxCrossEntropyLossLayer(Criterion):
    def forward(self, logit, gt):
        m = logit.max(axis=1, keepdims=True)
        log_p = logit - (m + np.log(np.exp(logit - m).sum(axis=1, keepdims=True)))
        self.keep(np.exp(log_p), gt)
        self.loss = -np.vdot(gt, log_p) / gt.shape[0]
        return self.loss


class SGD:
    def __init__(self, learningRate, weightDecay):
        vars(self).update(learningRate=learningRate, weightDecay=weightDecay)

    def step(self, model):
        for layer in model.layerList:
            match layer:
                case object(trainable=True):
                    layer.W = layer.W - self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                    layer.b = layer.b - self.learningRate * layer.grad_b


assert set(Module.known) == {"FCLayer", "ReLULayer", "SigmoidLayer", "EuclideanLossLayer", "SoftmaxCrossEntropyLossLayer"}, Module.known
