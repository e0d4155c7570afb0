"""Modules with parameters and a stack of pullbacks: forward leaves a closure behind, backward calls it."""

from dataclasses import dataclass
from functools import partial, wraps

import numpy as np


@dataclass
class Parameter:
    """A value, its gradient, and whether weight decay applies to it."""

    data: np.ndarray
    grad: np.ndarray
    decays: bool = True

    @classmethod
    def of(cls, data, decays=True):
        return cls(data, np.zeros_like(data), decays)


class Owned:
    """Descriptor: an attribute of a module that lives in one of its parameters."""

    def __init__(self, name, part):
        self.name, self.part = name, part

    def __get__(self, module, owner=None):
        if module is None:
            return self
        return getattr(module.parameters[self.name], self.part)

    def __set__(self, module, value):
        setattr(module.parameters[self.name], self.part, value)


def leaves_pullback(function):
    """function gives (output, pullback); the output is returned, the pullback is kept in the object."""

    @wraps(function)
    def wrapped(self, *args):
        output, self.pullback = function(self, *args)
        return output

    return wrapped


class Module:
    trainable = False

    def __init__(self):
        self.parameters = {}
        self.pullback = None

    def __call__(self, *args):
        return self.forward(*args)

    def backward(self, *upstream):
        return self.pullback(*upstream)


class FCLayer(Module):
    W = Owned("W", "data")
    b = Owned("b", "data")
    grad_W = Owned("W", "grad")
    grad_b = Owned("b", "grad")

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.trainable = trainable
        self.num_input, self.num_output = num_input, num_output
        gain = {"relu": 2.0}.get(actFunction, 1.0)
        first = np.random.standard_normal((num_input, num_output)) * (gain / num_input) ** 0.5
        self.parameters["W"] = Parameter.of(first)
        self.parameters["b"] = Parameter.of(np.zeros((1, num_output)), decays=False)

    @leaves_pullback
    def forward(self, Input):
        def pullback(delta):
            weights, bias = self.parameters["W"], self.parameters["b"]
            weights.grad = Input.T.dot(delta)
            bias.grad = delta.sum(axis=0, keepdims=True)
            return delta.dot(weights.data.T)

        return Input.dot(self.W) + self.b, pullback


class Pointwise(Module):
    """Subclasses give value and slope; slope sees input and output."""

    @leaves_pullback
    def forward(self, Input):
        output = self.value(Input)
        slope = partial(self.slope, Input, output)
        return output, lambda delta: delta * slope()


class ReLULayer(Pointwise):
    @staticmethod
    def value(x):
        return np.where(x > 0, x, 0.0)

    @staticmethod
    def slope(x, a):
        return np.where(x > 0, 1.0, 0.0)


class SigmoidLayer(Pointwise):
    @staticmethod
    def value(x):
        small = np.exp(-np.abs(x))
        return np.where(x < 0, small / (1 + small), 1 / (1 + small))

    @staticmethod
    def slope(x, a):
        return a * (1 - a)


class Loss(Module):
    """Subclasses give per-example losses and their derivative; the mean over the batch is taken here, once."""

    def __init__(self):
        super().__init__()
        self.loss = 0.0
        self.acc = 0.0

    @leaves_pullback
    def forward(self, logit, gt):
        each, derivative = self.each(logit, gt)
        count = each.shape[0]
        self.loss = each.sum() / count
        self.acc = float(np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)))
        return self.loss, lambda: derivative / count


class EuclideanLossLayer(Loss):
    @staticmethod
    def each(logit, gt):
        residual = logit - gt
        return 0.5 * np.square(residual).sum(axis=1), residual


class SoftmaxCrossEntropyLossLayer(Loss):
    @staticmethod
    def each(logit, gt):
        centred = logit - np.max(logit, axis=1, keepdims=True)
        log_sum = np.log(np.exp(centred).sum(axis=1, keepdims=True))
        log_prob = centred - log_sum
        return -(gt * log_prob).sum(axis=1), np.exp(log_prob) - gt


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def update(self, parameter):
        slope = parameter.grad
        if parameter.decays:
            slope = slope + self.weightDecay * parameter.data
        parameter.data = parameter.data - self.learningRate * slope

    def step(self, model):
        for module in filter(lambda m: m.trainable, model.layerList):
            for parameter in module.parameters.values():
                self.update(parameter)
