"""Layers with as few temporaries as possible; every returned array is a new one."""

import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        self.W = np.random.randn(num_input, num_output)
        self.W *= np.sqrt((2 if actFunction == "relu" else 1) / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self._x = Input
        out = np.empty((Input.shape[0], self.W.shape[1]))
        np.matmul(Input, self.W, out=out)
        out += self.b
        return out

    def backward(self, delta):
        self.grad_W = np.einsum("nd,nh->dh", self._x, delta)
        self.grad_b = np.add.reduce(delta, axis=0, keepdims=True)
        return np.einsum("nh,dh->nd", delta, self.W)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self._off = np.less_equal(Input, 0)
        out = Input.copy()
        np.putmask(out, self._off, 0.0)
        return out

    def backward(self, delta):
        out = delta.copy()
        np.putmask(out, self._off, 0.0)
        return out


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        e = np.abs(Input)
        np.negative(e, out=e)
        np.exp(e, out=e)
        out = np.where(np.signbit(Input), e, 1.0)
        e += 1.0
        out /= e
        self._slope = np.subtract(1.0, out)
        self._slope *= out
        return out

    def backward(self, delta):
        return np.multiply(delta, self._slope)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        self._r = np.subtract(logit, gt)
        self.acc = np.count_nonzero(logit.argmax(1) == gt.argmax(1)) / len(gt)
        flat = self._r.ravel()
        self.loss = np.dot(flat, flat) * (0.5 / len(gt))
        return self.loss

    def backward(self):
        return np.multiply(self._r, 1.0 / len(self._r))


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        n = logit.shape[0]
        truth, guess = gt.argmax(axis=1), logit.argmax(axis=1)
        s = logit - np.take_along_axis(logit, guess[:, None], axis=1)
        picked = s[np.arange(n), truth]
        np.exp(s, out=s)
        total = np.add.reduce(s, axis=1)
        self.loss = (np.log(total) - picked).sum() / n
        self.acc = np.count_nonzero(truth == guess) / n
        s /= total[:, None]
        s[np.arange(n), truth] -= 1.0
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
        for layer in model.layerList:
            if layer.trainable:
                step = np.multiply(layer.W, self.weightDecay)
                step += layer.grad_W
                step *= self.learningRate
                layer.W = np.subtract(layer.W, step)
                step = np.multiply(layer.grad_b, self.learningRate)
                layer.b = np.subtract(layer.b, step)
