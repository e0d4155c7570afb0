"""Every forward leaves its pullback in self; every backward calls it."""

from operator import attrgetter

import numpy as np


def affine(X, W, b):
    return X @ W + b, lambda d: (d @ W.T, X.T @ d, d.sum(axis=0, keepdims=True))


def rectify(X):
    return (X + abs(X)) / 2, lambda d: d * np.heaviside(X, 0.0)


def squash(X):
    z = np.exp(-np.logaddexp(0.0, -X))
    return z, lambda d: d * z * (1 - z)


def distance(S, T):
    R = S - T
    return (R * R).sum() / 2 / len(R), lambda: R / len(R)


def cross_entropy(S, T):
    M = S - S.max(axis=1, keepdims=True)
    L = M - np.log(np.exp(M).sum(axis=1, keepdims=True))
    return -np.vdot(T, L) / len(T), lambda: (np.exp(L) - T) / len(T)


def accuracy(S, T):
    return float((S.argmax(axis=1) == T.argmax(axis=1)).mean())


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        self.W = np.random.randn(num_input, num_output) * np.sqrt({"relu": 2}.get(actFunction, 1) / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = map(np.zeros_like, (self.W, self.b))

    def forward(self, Input):
        value, self.pullback = affine(Input, self.W, self.b)
        return value

    def backward(self, delta):
        dX, self.grad_W, self.grad_b = self.pullback(delta)
        return dX


class Pointwise:
    function = None

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        value, self.pullback = type(self).function(Input)
        return value

    def backward(self, delta):
        return self.pullback(delta)


class ReLULayer(Pointwise):
    function = staticmethod(rectify)


class SigmoidLayer(Pointwise):
    function = staticmethod(squash)


class Loss:
    function = None

    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self.acc = accuracy(logit, gt)
        self.loss, self.pullback = type(self).function(logit, gt)
        return self.loss

    def backward(self):
        return self.pullback()


class EuclideanLossLayer(Loss):
    function = staticmethod(distance)


class SoftmaxCrossEntropyLossLayer(Loss):
    function = staticmethod(cross_entropy)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        lr, decay = self.learningRate, self.weightDecay
        trained = filter(attrgetter("trainable"), model.layerList)
        for layer in trained:
            vars(layer).update(
                W=(1 - lr * decay) * layer.W - lr * layer.grad_W,
                b=layer.b - lr * layer.grad_b,
            )
