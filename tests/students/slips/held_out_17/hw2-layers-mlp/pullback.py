"""Every forward leaves behind its pullback, a function from the gradient of what came out to that of what went in;
backward only calls it. A fully connected layer is one matrix in homogeneous coordinates, theta = [W; b]: W and b are
windows onto it. The sigmoid is a tanh, the ReLU half of x + |x|.
"""

import numpy as np


class Pulled:
    """backward for everything below."""

    trainable = False
    pullback = None

    def backward(self, *delta):
        return self.pullback(*delta)


class FCLayer(Pulled):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        self.theta = np.zeros((num_input + 1, num_output))
        self.slope = np.zeros((num_input + 1, num_output))
        self.W = np.random.randn(num_input, num_output) * np.sqrt((1 + (actFunction == "relu")) / num_input)

    W = property(lambda self: self.theta[:-1], lambda self, W: self._put(self.theta, np.s_[:-1], W))
    b = property(lambda self: self.theta[-1:], lambda self, b: self._put(self.theta, np.s_[-1:], b))
    grad_W = property(lambda self: self.slope[:-1], lambda self, g: self._put(self.slope, np.s_[:-1], g))
    grad_b = property(lambda self: self.slope[-1:], lambda self, g: self._put(self.slope, np.s_[-1:], g))

    @staticmethod
    def _put(where, rows, value):
        where[rows] = value

    def forward(self, Input):
        homogeneous = np.pad(Input, ((0, 0), (0, 1)), constant_values=1.0)

        def pullback(delta):
            self.slope = homogeneous.T @ delta
            return (delta @ self.theta.T)[:, :-1]

        self.pullback = pullback
        return homogeneous @ self.theta


class ReLULayer(Pulled):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        out = (Input + np.abs(Input)) / 2
        on = np.sign(out)
        self.pullback = lambda delta: delta * on
        return out


class SigmoidLayer(Pulled):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        t = np.tanh(Input / 2)
        self.pullback = lambda delta: delta * (1 + t) * (1 - t) / 4
        return (1 + t) / 2


class Loss(Pulled):
    """A loss is a potential of the logits whose gradient is `error`, both per example; here they are averaged."""

    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        potential, error = self.potential(logit, gt)
        self.pullback = lambda: error / len(error)
        self.acc = float(np.mean(logit.argmax(1) == gt.argmax(1)))
        self.loss = float(np.mean(potential))
        return self.loss


class EuclideanLossLayer(Loss):
    @staticmethod
    def potential(logit, gt):
        error = logit - gt
        return np.einsum("nk,nk->n", error, error) / 2, error


class SoftmaxCrossEntropyLossLayer(Loss):
    @staticmethod
    def potential(logit, gt):
        free_energy = np.logaddexp.reduce(logit, axis=1, keepdims=True)
        p = np.exp(logit - free_energy)
        return free_energy[:, 0] - (gt * logit).sum(axis=1), p - gt


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in filter(lambda layer: layer.trainable, model.layerList):
            for name, decay in (("W", self.weightDecay), ("b", 0.0)):
                w, g = getattr(layer, name), getattr(layer, "grad_" + name)
                setattr(layer, name, w - self.learningRate * (g + decay * w))
