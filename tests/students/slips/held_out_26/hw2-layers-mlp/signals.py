"""Perceptron layers. The bias is a constant channel that is padded to the right of every input."""
import numpy as np


def padded(X):
    return np.c_[X, np.ones(len(X))]


def normalised(frame):
    e = np.exp(frame - np.max(frame))
    return e / np.sum(e)


class FCLayer:
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        gain = 2.0 if actFunction == 'relu' else 1.0
        self.W = np.sqrt(gain / num_input) * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def taps(self):
        return np.r_[self.W, np.reshape(self.b, (1, -1))]

    def forward(self, Input):
        self.padded = padded(Input)
        return np.dot(self.padded, self.taps())

    def backward(self, delta):
        correlation = np.zeros((self.num_input + 1, self.num_output))
        for x, d in zip(self.padded, delta):
            correlation = correlation + np.outer(x, d)
        self.grad_W = correlation[:-1]
        self.grad_b = correlation[-1:]
        back = np.dot(delta, self.taps().T)
        return back[:, :-1]


class ReLULayer:
    """Half-wave rectifier."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.gate = np.heaviside(Input, 0.0)
        return Input * self.gate

    def backward(self, delta):
        return delta * self.gate


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.rising = np.exp(-np.logaddexp(0.0, -Input))
        self.falling = np.exp(-np.logaddexp(0.0, Input))
        return self.rising

    def backward(self, delta):
        return delta * self.rising * self.falling


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.error = logit - gt
        self.acc = np.mean(1.0 * (np.argmax(logit, 1) == np.argmax(gt, 1)))
        power = np.apply_along_axis(lambda e: np.dot(e, e), 1, self.error)
        self.loss = 0.5 * np.mean(power)
        return self.loss

    def backward(self):
        return self.error / self.error.shape[0]


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.n = logit.shape[0]
        self.spectrum = np.apply_along_axis(normalised, 1, logit)
        self.target = 1.0 * gt
        self.acc = np.mean(1.0 * (np.argmax(logit, 1) == np.argmax(gt, 1)))
        centred = logit - np.max(logit, 1)[:, np.newaxis]
        level = np.log(np.sum(np.exp(centred), 1))
        self.loss = np.sum(level - np.sum(self.target * centred, 1)) / self.n
        return self.loss

    def backward(self):
        return (self.spectrum - self.target) / self.n


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            mu = self.learningRate * float(layer.trainable)
            if mu == 0:
                continue
            leak = self.weightDecay * layer.W
            layer.W = layer.W - mu * (layer.grad_W + leak)
            layer.b = layer.b - mu * layer.grad_b
