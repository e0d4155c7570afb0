"""Layers whose forward makes the backward: each class only keeps the closure `_pull` that its last forward returned."""

from functools import partial

import numpy as np


def affine(weight, bias, x):
    def pull(upstream):
        return upstream @ weight.T, x.T @ upstream, upstream.sum(axis=0)[None, :]

    return x @ weight + bias, pull


def rectify(x):
    positive = x > 0
    return np.where(positive, x, 0.0), lambda upstream: np.where(positive, upstream, 0.0)


def logistic(x):
    s = 0.5 * (1.0 + np.tanh(0.5 * x))
    return s, lambda upstream: upstream * (s * (1.0 - s))


def squared_error(logit, gt):
    gap = logit - gt
    n = gap.shape[0]
    return 0.5 * np.mean(np.sum(gap**2, axis=1)), lambda: gap / n


def softmax_cross_entropy(logit, gt):
    n, _ = logit.shape
    lowered = logit - np.max(logit, axis=1, keepdims=True)
    log_p = lowered - np.log(np.sum(np.exp(lowered), axis=1, keepdims=True))
    return -np.mean(np.sum(gt * log_p, axis=1)), lambda: (np.exp(log_p) - gt) / n


def accuracy(logit, gt):
    return np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))


def descended(rate, decay, parameter, gradient):
    return parameter - rate * (gradient + decay * parameter)


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        spread = np.sqrt({"relu": 2}.get(actFunction, 1) / num_input)
        self.W, self.b = np.random.normal(0, spread, (num_input, num_output)), np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros((num_input, num_output)), np.zeros((1, num_output))

    def forward(self, Input):
        out, self._pull = affine(self.W, self.b, Input)
        return out

    def backward(self, delta):
        grad_input, self.grad_W, self.grad_b = self._pull(delta)
        return grad_input


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        out, self._pull = rectify(Input)
        return out

    def backward(self, delta):
        return self._pull(delta)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        out, self._pull = logistic(Input)
        return out

    def backward(self, delta):
        return self._pull(delta)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self.loss, self._pull = squared_error(logit, gt)
        self.acc = accuracy(logit, gt)
        return self.loss

    def backward(self):
        return self._pull()


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self.loss, self._pull = softmax_cross_entropy(logit, gt)
        self.acc = accuracy(logit, gt)
        return self.loss

    def backward(self):
        return self._pull()


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        weight_rule = partial(descended, self.learningRate, self.weightDecay)
        bias_rule = partial(descended, self.learningRate, 0.0)
        for layer in filter(lambda one: one.trainable, model.layerList):
            layer.W, layer.b = weight_rule(layer.W, layer.grad_W), bias_rule(layer.b, layer.grad_b)
