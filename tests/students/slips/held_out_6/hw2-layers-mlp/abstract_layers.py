"""Layers with an abstract parent, a cache dictionary and in-place steps."""

from abc import ABC, abstractmethod

import numpy as np


class Layer(ABC):
    trainable = False

    def __init__(self):
        self.cache = {}

    @abstractmethod
    def forward(self, Input):
        ...

    @abstractmethod
    def backward(self, delta):
        ...


class FCLayer(Layer):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.trainable = trainable
        gain = np.sqrt(6.0 / (num_input + num_output))
        self.W = np.random.uniform(-gain, gain, (num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.cache["x"] = Input
        return np.matmul(Input, self.W) + self.b

    def backward(self, delta):
        x = self.cache["x"]
        self.grad_W = np.einsum("ni,no->io", x, delta)
        self.grad_b = np.einsum("no->o", delta)[np.newaxis]
        return np.einsum("no,io->ni", delta, self.W)


class ReLULayer(Layer):
    def forward(self, Input):
        self.cache["positive"] = positive = Input > 0
        return np.where(positive, Input, 0)

    def backward(self, delta):
        return np.where(self.cache["positive"], delta, 0)


class SigmoidLayer(Layer):
    def forward(self, Input):
        out = np.empty(Input.shape)
        pos = Input >= 0
        out[pos] = 1 / (1 + np.exp(-Input[pos]))
        ex = np.exp(Input[~pos])
        out[~pos] = ex / (1 + ex)
        self.cache["z"] = out
        return out.copy()

    def backward(self, delta):
        z = self.cache["z"]
        return delta * (z - z * z)


class Loss:
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0
        self.cache = {}

    def accuracy(self, logit, gt):
        self.acc = np.mean(np.argmax(logit, 1) == np.argmax(gt, 1))


class EuclideanLossLayer(Loss):
    def forward(self, logit, gt):
        self.accuracy(logit, gt)
        self.cache["diff"] = diff = np.subtract(logit, gt)
        self.loss = 0.5 * np.mean(np.sum(np.square(diff), axis=1))
        return self.loss

    def backward(self):
        diff = self.cache["diff"]
        return diff / diff.shape[0]


class SoftmaxCrossEntropyLossLayer(Loss):
    def forward(self, logit, gt):
        self.accuracy(logit, gt)
        e = np.exp(logit - logit.max(1, keepdims=True))
        z = e / e.sum(1, keepdims=True)
        self.cache.update(z=z, gt=gt)
        self.loss = -np.log(np.maximum((z * gt).sum(1), 1e-11)).mean()
        return self.loss

    def backward(self):
        return (self.cache["z"] - self.cache["gt"]) / self.cache["gt"].shape[0]


class SGD:
    def __init__(self, learningRate, weightDecay=0.0):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in filter(lambda layer: layer.trainable, model.layerList):
            layer.W -= self.learningRate * layer.grad_W + self.learningRate * self.weightDecay * layer.W
            layer.b -= self.learningRate * layer.grad_b
