# forward leaves a closure in self that knows the way back
import numpy as np
from functools import partial


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output) * np.sqrt((2 if actFunction == "relu" else 1) / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        W = self.W

        def back(delta):
            self.grad_W = Input.T @ delta
            self.grad_b = delta.sum(axis=0, keepdims=True)
            return delta @ W.T

        self._back = back
        return Input @ W + self.b

    def backward(self, delta):
        return self._back(delta)


class ReLULayer:
    def __init__(self):
        self.trainable = False
        self.backward_ = None

    def forward(self, Input):
        self.backward_ = lambda delta: delta * np.where(Input > 0, 1, 0)
        return Input * (Input > 0)

    def backward(self, delta):
        return self.backward_(delta)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    @staticmethod
    def _slope(z, delta):
        return delta * z * (1 - z)

    def forward(self, Input):
        e = np.exp(-np.abs(Input))
        z = np.where(Input >= 0, 1 / (1 + e), e / (1 + e))
        self._back = partial(self._slope, z)
        return z

    def backward(self, delta):
        return self._back(delta)


class _Averaged:
    """Gives loss and way back of a batch; N is divided by in both, once each."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def backward(self):
        return self._back()


class EuclideanLossLayer(_Averaged):
    def forward(self, logit, gt):
        n, d = logit.shape[0], logit - gt
        self._back = lambda: d / n
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = float(np.einsum("nk,nk->", d, d) / (2 * n))
        return self.loss


class SoftmaxCrossEntropyLossLayer(_Averaged):
    def forward(self, logit, gt):
        n = logit.shape[0]
        z = logit - logit.max(axis=1, keepdims=True)
        logs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self._back = lambda: (np.exp(logs) - gt) / n
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = float(-np.einsum("nk,nk->", gt, logs) / n)
        return self.loss


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.update = lambda w, g, decay=0.0: w - learningRate * (g + decay * w)

    def step(self, model):
        for layer in filter(lambda l: l.trainable, model.layerList):
            layer.W, layer.b = self.update(layer.W, layer.grad_W, self.weightDecay), self.update(layer.b, layer.grad_b)
