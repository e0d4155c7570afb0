"""A metaclass wraps forward and backward of every layer (checks, and a log of shapes)."""
import functools
import logging

import numpy as np

logger = logging.getLogger("layers")
SHAPES = []


class LayerMeta(type):
    layers = {}

    def __new__(mcls, name, bases, namespace, average=None):
        for method in ("forward", "backward"):
            if callable(namespace.get(method)):
                namespace[method] = mcls.wrap(namespace[method], name)
        cls = super().__new__(mcls, name, bases, namespace)
        cls.average = average if average is not None else getattr(cls, "average", False)
        mcls.layers[name] = cls
        return cls

    def __init__(cls, name, bases, namespace, average=None):
        super().__init__(name, bases, namespace)

    @staticmethod
    def wrap(method, owner):
        @functools.wraps(method)
        def checked(self, *args, **kwargs):
            result = method(self, *args, **kwargs)
            SHAPES.append((owner, method.__name__, np.shape(result)))
            del SHAPES[:-20]
            if np.isnan(result).any():
                logger.warning("%s.%s gave NaN", owner, method.__name__)
            return result

        return checked


class FCLayer(metaclass=LayerMeta):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output) * np.sqrt({True: 2, False: 1}[actFunction == "relu"] / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.Input = np.hstack([Input, np.ones((Input.shape[0], 1))])  # a column of ones for the bias
        return self.Input @ np.vstack([self.W, np.reshape(self.b, (1, -1))])

    def backward(self, delta):
        both = self.Input.T @ delta
        self.grad_W, self.grad_b = both[:-1], both[-1:]
        return delta @ self.W.T


class Activation(metaclass=LayerMeta):
    def __init__(self):
        self.trainable = False


class ReLULayer(Activation):
    def forward(self, Input):
        self.sign = np.sign(np.maximum(Input, 0))
        return Input * self.sign

    def backward(self, delta):
        return delta * self.sign


class SigmoidLayer(Activation):
    def forward(self, Input):
        small = np.exp(-np.abs(Input))
        big = 1 / (1 + small)
        self.z = np.where(Input >= 0, big, small * big)
        return np.array(self.z)

    def backward(self, delta):
        return delta * (self.z * (1 - self.z))


class LossLayer(metaclass=LayerMeta, average=True):
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def reduce(self, per_entry):
        return np.sum(per_entry) / (len(per_entry) if self.average else 1)

    def backward(self):
        return self.delta / (len(self.delta) if self.average else 1)


class EuclideanLossLayer(LossLayer):
    def forward(self, logit, gt):
        self.delta = logit - gt
        self.loss = self.reduce(self.delta * self.delta / 2)
        self.acc = np.mean(logit.argmax(axis=1) == gt.argmax(axis=1))
        return self.loss


class SoftmaxCrossEntropyLossLayer(LossLayer):
    def forward(self, logit, gt):
        logit = logit - logit.max(axis=1, keepdims=True)
        norm = np.exp(logit).sum(axis=1, keepdims=True)
        self.delta = np.exp(logit) / norm - gt
        self.loss = self.reduce(gt * (np.log(norm) - logit))
        self.acc = np.mean(logit.argmax(axis=1) == gt.argmax(axis=1))
        return self.loss


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if layer.trainable:
                self._descend(layer)

    def _descend(self, layer):
        for w, g, decay in (("W", "grad_W", self.weightDecay), ("b", "grad_b", 0.0)):
            old = getattr(layer, w)
            setattr(layer, w, old - self.learningRate * (getattr(layer, g) + decay * old))
