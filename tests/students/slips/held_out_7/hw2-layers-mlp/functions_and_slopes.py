"""Layers made of a value and a slope; one class for both activations, losses by mean of rows."""

import numpy as np


class Elementwise:
    trainable = False

    def forward(self, Input):
        self.seen = Input
        self.given = self.value(Input)
        return self.given

    def backward(self, delta):
        return np.multiply(delta, self.slope())


class ReLULayer(Elementwise):
    def value(self, x):
        return np.fmax(x, 0)

    def slope(self):
        return np.greater(self.seen, 0).astype(np.float64)


class SigmoidLayer(Elementwise):
    def value(self, x):
        return np.reciprocal(1 + np.exp(-np.clip(x, -700, 700)))

    def slope(self):
        return 0.25 - (self.given - 0.5) ** 2


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.trainable = trainable
        self.shape = num_input, num_output
        bound = np.sqrt((6 if actFunction == "relu" else 3) / num_input)
        self.W = np.random.uniform(-bound, bound, self.shape)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros(self.shape), np.zeros((1, num_output))

    def forward(self, Input):
        self.Input = Input.copy()
        return np.dot(Input, self.W) + np.ones((len(Input), 1)) @ self.b.reshape(1, -1)

    def backward(self, delta):
        self.grad_W = np.dot(delta.T, self.Input).T
        self.grad_b = np.add.reduce(delta, axis=0).reshape(1, -1)
        return np.dot(self.W, delta.T).T


class EuclideanLossLayer:
    def __init__(self):
        self.acc = self.loss = 0.0

    def forward(self, logit, gt):
        self.residual = logit - gt
        norms = np.linalg.norm(self.residual, axis=1)
        self.loss = np.mean(norms**2) / 2
        self.acc = np.mean(np.argmax(logit, 1) == np.argmax(gt, 1))
        return self.loss

    def backward(self):
        return self.residual / np.shape(self.residual)[0]


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.acc = self.loss = 0.0

    def forward(self, logit, gt):
        centred = logit - np.max(logit, axis=1, keepdims=True)
        odds = np.exp(centred)
        partition = np.sum(odds, axis=1, keepdims=True)
        self.prob, self.gt = odds / partition, gt
        self.loss = np.mean(np.log(partition)[:, 0] - np.sum(centred * gt, axis=1))
        self.acc = np.mean(np.argmax(logit, 1) == np.argmax(gt, 1))
        return self.loss

    def backward(self):
        out = self.prob.copy()
        out[self.gt == 1] -= 1
        return out / len(out)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.rate, self.decay = learningRate, weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            direction = layer.grad_W + self.decay * layer.W
            layer.W = layer.W - self.rate * direction
            layer.b = layer.b - self.rate * layer.grad_b
