"""Layers that reckon in float32 in the fully connected layer, as on a graphics card, and give back float64."""

import numpy as np

HALF = np.float32


class FCLayer(object):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.trainable = trainable
        self.W = (np.random.randn(num_input, num_output) / np.sqrt(num_input / 2)).astype(float)
        self.b = np.zeros((1, num_output))
        self.grad_W = self.grad_b = None

    def forward(self, Input):
        self.x = Input.astype(HALF)
        return (self.x @ self.W.astype(HALF) + self.b.astype(HALF)).astype(float)

    def backward(self, delta):
        d = delta.astype(HALF)
        self.grad_W = np.tensordot(self.x, d, axes=([0], [0])).astype(float)
        self.grad_b = d.sum(axis=0, keepdims=True).astype(float)
        return (d @ self.W.T.astype(HALF)).astype(float)


class ReLULayer(object):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.off = Input <= 0
        out = Input.copy()
        out[self.off] = 0
        return out

    def backward(self, delta):
        out = delta.copy()
        out[self.off] = 0
        return out


class SigmoidLayer(object):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.z = (np.tanh(Input / 2) + 1) / 2
        return self.z

    def backward(self, delta):
        return delta * self.z * (1 - self.z)


class EuclideanLossLayer(object):
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        self.logit, self.gt = logit, gt
        self.loss = sum(np.dot(r, r) for r in logit - gt) / (2 * gt.shape[0])
        return self.loss

    def backward(self):
        return (self.logit - self.gt) / self.gt.shape[0]


class SoftmaxCrossEntropyLossLayer(object):
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        rows = np.arange(len(gt))
        label = np.argmax(gt, axis=1)
        stable = logit - logit[rows, np.argmax(logit, axis=1)][:, None]
        e = np.exp(stable)
        self.z = e / e.sum(axis=1)[:, None]
        self.gt = gt
        self.loss = np.mean(np.log(e.sum(axis=1)) - stable[rows, label])
        return self.loss

    def backward(self):
        N = self.gt.shape[0]
        return self.z / N - self.gt / N


class SGD(object):
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        shrink = 1 - self.learningRate * self.weightDecay
        for layer in (layer for layer in model.layerList if layer.trainable):
            layer.W = shrink * layer.W - self.learningRate * layer.grad_W
            layer.b = layer.b - self.learningRate * layer.grad_b
