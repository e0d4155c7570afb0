"""Layers with as few passes and temporaries as will do; writes only into arrays made here."""
import numpy as np


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
        self._x = Input
        out = np.dot(Input, self.W)
        out += self.b
        return out

    def backward(self, delta):
        self.grad_W = np.dot(self._x.T, delta)
        self.grad_b = np.add.reduce(delta, axis=0, keepdims=True)
        return np.dot(delta, self.W.T)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        out = np.maximum(Input, 0.0)
        self._on = out != 0
        return out

    def backward(self, delta):
        return np.multiply(delta, self._on)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # exp(-|x|) / (1 + exp(-|x|)) is the smaller of z and 1 - z
        e = np.abs(Input)
        np.negative(e, out=e)
        np.exp(e, out=e)
        e /= 1.0 + e
        z = np.where(Input < 0, e, 1.0 - e)
        self._slope = np.subtract(1.0, e)
        self._slope *= e
        return z

    def backward(self, delta):
        return delta * self._slope


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self._d = logit - gt
        self._n = len(gt)
        self.acc = np.count_nonzero(logit.argmax(1) == gt.argmax(1)) / self._n
        self.loss = 0.5 * np.vdot(self._d, self._d) / self._n
        return self.loss

    def backward(self):
        return self._d * (1.0 / self._n)


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        n = len(gt)
        s = logit - logit.max(1, keepdims=True)
        self.acc = np.count_nonzero(s.argmax(1) == gt.argmax(1)) / n
        hit = np.vdot(s, gt)
        np.exp(s, out=s)
        z = s.sum(1, keepdims=True)
        self.loss = (np.log(z).sum() - hit) / n
        # the derivative is ready now: (p - gt) / n in the same buffer
        s /= z
        s -= gt
        s /= n
        self._delta = s
        return self.loss

    def backward(self):
        return self._delta.copy()


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        lr, wd = self.learningRate, self.weightDecay
        for layer in model.layerList:
            if not layer.trainable:
                continue
            step = np.multiply(layer.W, wd)
            step += layer.grad_W
            step *= lr
            layer.W = np.subtract(layer.W, step, out=step)
            layer.b = layer.b - lr * layer.grad_b
