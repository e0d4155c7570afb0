"""Activation and loss classes are made by factories (one with type()), losses by a class decorator."""
import numpy as np

__all__ = ["FCLayer", "ReLULayer", "SigmoidLayer", "EuclideanLossLayer", "SoftmaxCrossEntropyLossLayer", "SGD"]


def make_activation(name, f, slope, doc=""):
    """f(x) -> y, slope(x, y) -> derivative."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.x = Input
        self.y = f(Input)
        return self.y

    def backward(self, delta):
        return delta * slope(self.x, self.y)

    body = {"__init__": __init__, "forward": forward, "backward": backward, "__doc__": doc, "__module__": __name__}
    return type(name, (object,), body)


def stable_sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


ReLULayer = make_activation("ReLULayer", lambda x: np.maximum(x, 0), lambda x, y: x > 0, "max(x, 0)")
SigmoidLayer = make_activation("SigmoidLayer", stable_sigmoid, lambda x, y: y * (1 - y), "1 / (1 + exp(-x))")


def loss_layer(function):
    """Turns function(logit, gt) -> per-example losses, per-example gradients into a class."""

    class LossLayer:
        def __init__(self):
            self.loss = 0.0
            self.acc = 0.0
            self._gradients = None

        def forward(self, logit, gt):
            losses, self._gradients = function(logit, gt)
            self.loss = np.mean(losses)
            self.acc = np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))
            return self.loss

        def backward(self):
            return self._gradients / self._gradients.shape[0]

    LossLayer.__name__ = LossLayer.__qualname__ = function.__name__
    LossLayer.__doc__ = function.__doc__
    return LossLayer


@loss_layer
def EuclideanLossLayer(logit, gt):
    """Half the squared distance."""
    e = logit - gt
    return 0.5 * (e**2).sum(axis=1), e


@loss_layer
def SoftmaxCrossEntropyLossLayer(logit, gt):
    """Cross-entropy of a softmax."""
    logit = logit - logit.max(axis=1, keepdims=True)
    lse = np.logaddexp.reduce(logit, axis=1, keepdims=True)
    return (gt * (lse - logit)).sum(axis=1), np.exp(logit - lse) - gt


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W, self.b = self.initial(num_input, num_output, 2 if actFunction == "relu" else 1)
        self.grad_W, self.grad_b = 0 * self.W, 0 * self.b

    @staticmethod
    def initial(num_input, num_output, scale):
        return np.random.randn(num_input, num_output) * np.sqrt(scale / num_input), np.zeros((1, num_output))

    def forward(self, Input):
        self.Input = Input
        return np.einsum("nd,dh->nh", Input, self.W) + self.b

    def backward(self, delta):
        self.grad_W = np.einsum("nd,nh->dh", self.Input, delta)
        self.grad_b = np.einsum("nh->h", delta)[None]
        return np.einsum("nh,dh->nd", delta, self.W)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if layer.trainable:
                for name, decay in {"W": self.weightDecay, "b": 0}.items():
                    value, grad = getattr(layer, name), getattr(layer, "grad_" + name)
                    setattr(layer, name, value - self.learningRate * (grad + decay * value))
