"""Activation and loss layers come out of factories; a table says what they compute."""
import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1.0) / (1.0 + e)


def _log_softmax(s):
    s = s - np.max(s, axis=1, keepdims=True)
    return s - np.log(np.sum(np.exp(s), axis=1, keepdims=True))


# name: (value from x, slope from x and value)
ACTIVATIONS = {
    "ReLULayer": (lambda x: np.fmax(x, 0.0), lambda x, a: np.sign(a)),
    "SigmoidLayer": (sigmoid, lambda x, a: a - a * a),
}
# name: (sum over the batch, residual)
LOSSES = {
    "EuclideanLossLayer": (lambda s, t: ((s - t) ** 2).sum() / 2, lambda s, t: s - t),
    "SoftmaxCrossEntropyLossLayer": (lambda s, t: -(t * _log_softmax(s)).sum(), lambda s, t: np.exp(_log_softmax(s)) - t),
}


def make_activation(name, value, slope):
    class Activation:
        def __init__(self):
            self.trainable = False

        def forward(self, Input):
            self._memo = (Input, value(Input))
            return self._memo[1]

        def backward(self, delta):
            return delta * slope(*self._memo)

    Activation.__name__ = Activation.__qualname__ = name
    return Activation


def make_loss(name, total, residual):
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.pair = logit, gt
        self.acc = (logit.argmax(axis=1) == gt.argmax(axis=1)).mean()
        self.loss = total(logit, gt) / gt.shape[0]
        return self.loss

    def backward(self):
        return residual(*self.pair) / self.pair[1].shape[0]

    return type(name, (object,), {"__init__": __init__, "forward": forward, "backward": backward})


CLASSES = {name: make_activation(name, *fs) for name, fs in ACTIVATIONS.items()}
for name, fs in LOSSES.items():
    CLASSES[name] = make_loss(name, *fs)

ReLULayer = CLASSES["ReLULayer"]
SigmoidLayer = CLASSES["SigmoidLayer"]
EuclideanLossLayer = CLASSES["EuclideanLossLayer"]
SoftmaxCrossEntropyLossLayer = CLASSES["SoftmaxCrossEntropyLossLayer"]


class FCLayer(object):
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.actFunction = actFunction
        assert actFunction in ('relu', 'sigmoid')
        self.XavierInit()
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self._x = np.hstack([Input, np.ones((len(Input), 1))])
        return self._x @ np.vstack([self.W, np.reshape(self.b, (1, -1))])

    def backward(self, delta):
        both = self._x.T @ delta
        self.grad_W, self.grad_b = both[:-1], both[-1:]
        return delta @ self.W.T

    def XavierInit(self):
        raw_std = (2 / (self.num_input + self.num_output)) ** 0.5
        init_std = raw_std * (2 ** 0.5) if self.actFunction == 'relu' else raw_std
        self.W = np.random.normal(0, init_std, (self.num_input, self.num_output))
        self.b = np.random.normal(0, init_std, (1, self.num_output))


class SGD(object):
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = [layer for layer in model.layerList if layer.trainable]
        for layer in layers:
            layer.diff_W = - self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
            layer.diff_b = - self.learningRate * layer.grad_b
            layer.W = layer.W + layer.diff_W
            layer.b = layer.b + layer.diff_b
