"""Each layer is a coroutine: forward starts one, and it waits for delta with all its local variables."""
import functools

import numpy as np


def two_way(coroutine):
    """Method decorator: `coroutine` yields its output first, then answers every delta that is sent."""

    @functools.wraps(coroutine)
    def forward(self, *args):
        self._co = coroutine(self, *args)
        return next(self._co)

    return forward


class _Module:
    _co = None

    def backward(self, delta):
        answer = self._co.send(delta)
        next(self._co)  # back to where it waits
        return answer


class FCLayer(_Module):
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input; self.num_output = num_output; self.trainable = trainable
        std = np.sqrt((2 if actFunction == 'relu' else 1) / num_input)
        self.W = np.random.randn(num_input, num_output) * std
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W); self.grad_b = np.zeros_like(self.b)

    @two_way
    def forward(self, Input):
        delta = yield np.dot(Input, self.W) + self.b
        while True:
            self.grad_W = np.dot(Input.T, delta)
            self.grad_b = np.sum(delta, axis=0).reshape(1, -1)
            yield np.dot(delta, self.W.T)
            delta = yield


class ReLULayer(_Module):
    def __init__(self):
        self.trainable = False

    @two_way
    def forward(self, Input):
        on = (Input > 0).astype(float)
        delta = yield Input * on
        while True:
            yield delta * on
            delta = yield


class SigmoidLayer(_Module):
    def __init__(self):
        self.trainable = False

    @two_way
    def forward(self, Input):
        z = np.empty(Input.shape)
        pos = Input >= 0
        z[pos] = 1 / (1 + np.exp(-Input[pos]))
        small = np.exp(Input[~pos])
        z[~pos] = small / (1 + small)
        delta = yield z.copy()
        while True:
            yield delta * z * (1 - z)
            delta = yield


class _Loss(_Module):
    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def backward(self):
        return super().backward(1.0)


class EuclideanLossLayer(_Loss):
    @two_way
    def forward(self, logit, gt):
        n = logit.shape[0]
        d = logit - gt
        self.acc = np.mean(logit.argmax(1) == gt.argmax(1))
        self.loss = (d * d).sum() / 2 / n
        seed = yield self.loss
        while True:
            yield seed * d / n
            seed = yield


class SoftmaxCrossEntropyLossLayer(_Loss):
    @two_way
    def forward(self, logit, gt):
        n = logit.shape[0]
        s = logit - logit.max(axis=1, keepdims=True)
        lse = np.log(np.exp(s).sum(axis=1, keepdims=True))
        self.acc = np.mean(logit.argmax(1) == gt.argmax(1))
        self.loss = np.sum(gt * (lse - s)) / n
        seed = yield self.loss
        while True:
            yield seed * (np.exp(s - lse) - gt) / n
            seed = yield


class SGD():
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable: continue
            for name, decay in (('W', self.weightDecay), ('b', 0)):
                w = getattr(layer, name)
                setattr(layer, name, w - self.learningRate * (getattr(layer, 'grad_' + name) + decay * w))
