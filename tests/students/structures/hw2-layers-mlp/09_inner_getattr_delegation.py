"""Thin public classes around inner objects: unknown attributes are passed on in both directions."""
import types

import numpy as np


class Proxy:
    """Reads and writes go to the inner object."""

    def __init__(self, inner):
        object.__setattr__(self, "_inner", inner)

    def __getattr__(self, name):
        if name.startswith("__") or name == "_inner":
            raise AttributeError(name)
        return getattr(object.__getattribute__(self, "_inner"), name)

    def __setattr__(self, name, value):
        setattr(self._inner, name, value)


class _Linear:
    def __init__(self, d, h, gain, trainable):
        self.num_input, self.num_output, self.trainable = d, h, trainable
        self.W = np.random.randn(d, h) * np.sqrt(gain / d)
        self.b = np.zeros((1, h))
        self.grad_W = np.zeros((d, h))
        self.grad_b = np.zeros((1, h))

    def __call__(self, x):
        self.x = x
        return x @ self.W + self.b

    def pull(self, delta):
        self.grad_W = self.x.T @ delta
        self.grad_b = delta.sum(axis=0).reshape(1, -1)
        return delta @ self.W.T


class _Pointwise:
    trainable = False

    def __init__(self, f, slope_of_output):
        self.f, self.slope = f, slope_of_output

    def __call__(self, x):
        self.y = self.f(x)
        return self.y

    def pull(self, delta):
        return delta * self.slope(self.y)


class _Criterion(types.SimpleNamespace):
    def __call__(self, logit, gt):
        self.n = len(gt)
        self.residual, total = self.f(logit, gt)
        self.loss = total / self.n
        self.acc = float(np.mean(logit.argmax(axis=1) == gt.argmax(axis=1)))
        return self.loss

    def pull(self):
        return self.residual / self.n


def _euclidean(logit, gt):
    r = logit - gt
    return r, np.sum(r * r) / 2


def _cross_entropy(logit, gt):
    s = logit - logit.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return np.exp(log_p) - gt, -np.sum(log_p * gt)


def _sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1) / (1 + e)


class _Graded(Proxy):
    def forward(self, Input):
        return self._inner(Input)

    def backward(self, delta):
        return self._inner.pull(delta)


class FCLayer(_Graded):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__(_Linear(num_input, num_output, 2 if actFunction == "relu" else 1, trainable))


class ReLULayer(_Graded):
    def __init__(self):
        super().__init__(_Pointwise(lambda x: np.maximum(x, 0), lambda y: y > 0))


class SigmoidLayer(_Graded):
    def __init__(self):
        super().__init__(_Pointwise(_sigmoid, lambda y: y * (1 - y)))


class EuclideanLossLayer(Proxy):
    def __init__(self):
        super().__init__(_Criterion(f=_euclidean, loss=0.0, acc=0.0))

    def forward(self, logit, gt):
        return self._inner(logit, gt)

    def backward(self):
        return self._inner.pull()


class SoftmaxCrossEntropyLossLayer(Proxy):
    def __init__(self):
        super().__init__(_Criterion(f=_cross_entropy, loss=0.0, acc=0.0))

    forward = EuclideanLossLayer.forward
    backward = EuclideanLossLayer.backward


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        [self.one(layer) for layer in model.layerList if layer.trainable]

    def one(self, layer):
        layer.W = layer.W - self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
        layer.b = layer.b - self.learningRate * layer.grad_b
