# n example, i input, o output of a layer, k class.  Products with einsum, everything else entry by entry with math.
import math

import numpy as np


def entrywise(f, *arrays):
    """f of every entry, the way the formula in the handout reads"""
    return np.array([[f(*entries) for entries in zip(*rows)] for rows in zip(*(a.tolist() for a in arrays))])


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.x_ni = Input
        return np.einsum("ni,io->no", Input, self.W) + self.b

    def backward(self, delta):
        self.grad_W = np.einsum("ni,no->io", self.x_ni, delta)
        self.grad_b = np.einsum("no->o", delta)[None]
        return np.einsum("no,io->ni", delta, self.W)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.x = Input
        return entrywise(lambda x: x if x > 0 else 0.0, Input)

    def backward(self, delta):
        return entrywise(lambda d, x: d if x > 0 else 0.0, delta, self.x)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    @staticmethod
    def sigma(x):
        if x < 0:
            e = math.exp(x)
            return e / (1 + e)
        return 1 / (1 + math.exp(-x))

    def forward(self, Input):
        self.x = Input
        return entrywise(self.sigma, Input)

    def backward(self, delta):
        return entrywise(lambda d, x: d * self.sigma(x) * self.sigma(-x), delta, self.x)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.logit, self.gt = logit, gt
        N, C = logit.shape
        total = 0.0
        right = 0
        for n in range(N):
            for k in range(C):
                total += (logit[n, k] - gt[n, k]) ** 2
            if np.argmax(logit[n]) == np.argmax(gt[n]):
                right += 1
        self.acc = right / N
        self.loss = total / (2 * N)
        return self.loss

    def backward(self):
        N = self.logit.shape[0]
        return entrywise(lambda s, t: (s - t) / N, self.logit, self.gt)


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        N, C = logit.shape
        self.gt = gt
        self.z = np.zeros((N, C))
        total = 0.0
        right = 0
        for n in range(N):
            top = max(logit[n])
            parts = [math.exp(s - top) for s in logit[n]]
            norm = math.fsum(parts)
            for k in range(C):
                self.z[n, k] = parts[k] / norm
                if gt[n, k] != 0:
                    total -= gt[n, k] * (logit[n, k] - top - math.log(norm))
            if np.argmax(logit[n]) == np.argmax(gt[n]):
                right += 1
        self.acc = right / N
        self.loss = total / N
        return self.loss

    def backward(self):
        N = len(self.z)
        return entrywise(lambda p, t: (p - t) / N, self.z, self.gt)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        eta, lam = self.learningRate, self.weightDecay
        for layer in model.layerList:
            if layer.trainable:
                layer.W = (1 - eta * lam) * layer.W - eta * layer.grad_W
                layer.b = layer.b - eta * layer.grad_b
