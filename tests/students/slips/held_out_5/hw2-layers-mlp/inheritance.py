from abc import ABC, abstractmethod

import numpy as np


class Module(ABC):
    """Everything that goes forward and backward"""

    trainable = False

    def __init__(self):
        self._saved = {}

    def save(self, **things):
        self._saved.update(things)

    def __getattr__(self, name):
        saved = self.__dict__.get("_saved", {})
        if name in saved:
            return saved[name]
        raise AttributeError(name)

    @abstractmethod
    def forward(self, *args):
        ...


class FCLayer(Module):
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        super().__init__()
        self.trainable = trainable
        gain = {'relu': 2.0, 'sigmoid': 1.0}.get(actFunction, 1.0)
        self.W = np.random.randn(num_input, num_output) * np.sqrt(gain / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, Input):
        self.save(X=Input)
        return np.einsum('nd,dh->nh', Input, self.W) + self.b

    def backward(self, delta):
        self.grad_W = np.einsum('nd,nh->dh', self.X, delta)
        self.grad_b = np.einsum('nh->h', delta)[np.newaxis]
        return np.einsum('nh,dh->nd', delta, self.W)


class Elementwise(Module):
    def forward(self, Input):
        value, slope = self.pair(Input)
        self.save(slope=slope)
        return value

    def backward(self, delta):
        return np.multiply(delta, self.slope)


class ReLULayer(Elementwise):
    def pair(self, x):
        return np.maximum(x, 0), (x > 0).astype(x.dtype)


class SigmoidLayer(Elementwise):
    def pair(self, x):
        s = (1 + np.tanh(x / 2)) / 2
        return s, s * (1 - s)


class Loss(Module):
    def finish(self, loss, grad, logit, gt):
        self.loss = loss
        self.acc = float(np.mean(np.argmax(logit, 1) == np.argmax(gt, 1)))
        self.save(grad=grad)
        return loss

    def backward(self):
        return self.grad


class EuclideanLossLayer(Loss):
    def forward(self, logit, gt):
        e = logit - gt
        return self.finish(np.mean(np.sum(e * e, axis=1)) / 2, e / e.shape[0], logit, gt)


class SoftmaxCrossEntropyLossLayer(Loss):
    def forward(self, logit, gt):
        lse = np.logaddexp.reduce(logit, axis=1, keepdims=True)
        logp = logit - lse
        return self.finish(-np.mean(np.sum(gt * logp, axis=1)), (np.exp(logp) - gt) / gt.shape[0], logit, gt)


class SGD(object):
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def update(self, w, g, decay):
        return w - self.learningRate * (g + decay * w)

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            layer.W = self.update(layer.W, layer.grad_W, self.weightDecay)
            layer.b = self.update(layer.b, layer.grad_b, 0.0)
