"""Layers: outer products summed over the batch, the weight decay as a shrinking factor before the step."""

import numpy as np

EPS = 1e-11


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.trainable = trainable
        self.W = np.random.normal(0, np.sqrt(2 / num_input), (num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.XavierInit = actFunction
        self.grad_W = self.grad_b = None

    def forward(self, Input):
        self.Input = np.array(Input)
        return (self.Input[:, :, None] * self.W[None]).sum(axis=1) + self.b

    def backward(self, delta):
        self.grad_W = (self.Input[:, :, None] * delta[:, None, :]).sum(axis=0)
        self.grad_b = delta.sum(axis=0).reshape(self.b.shape)
        return (self.W[None] * delta[:, None, :]).sum(axis=2)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.gate = np.heaviside(Input, 0)
        return Input * self.gate

    def backward(self, delta):
        return self.gate * delta


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Input = Input
        return self.sigmoid(Input)

    @staticmethod
    def sigmoid(x):
        return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))

    def backward(self, delta):
        return delta * self.sigmoid(self.Input) * self.sigmoid(-self.Input)


class EuclideanLossLayer:
    def __init__(self):
        self.acc = 0.0
        self.loss = 0.0

    def forward(self, logit, gt):
        self.logit, self.gt = logit, gt
        self.acc = float(np.mean(logit.argmax(1) == gt.argmax(1)))
        n = logit.shape[0]
        self.loss = sum(np.dot(r, r) for r in logit - gt) / n / 2
        return self.loss

    def backward(self):
        return (self.logit - self.gt) / len(self.logit)


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.acc = 0.0
        self.loss = 0.0

    def forward(self, logit, gt):
        shifted = logit - np.max(logit, axis=1, keepdims=True)
        self.z = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
        self.labels = np.argmax(gt, axis=1)
        rows = np.arange(len(gt))
        self.acc = np.mean(np.argmax(self.z, axis=1) == self.labels)
        self.loss = -np.log(self.z[rows, self.labels] + EPS).sum() / len(gt)
        return self.loss

    def backward(self):
        dz = self.z.copy()
        dz[np.arange(len(dz)), self.labels] -= 1
        return dz / len(dz)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        shrink = 1 - self.learningRate * self.weightDecay
        for layer in model.layerList:
            if not getattr(layer, "trainable", False):
                continue
            layer.W = shrink * layer.W - self.learningRate * layer.grad_W
            layer.b = layer.b - self.learningRate * layer.grad_b
