"""Layers of a multi-layer perceptron: losses are averages and divide by the batch size, the layers only sum."""

import numpy as np


class Layer:
    """a * b is a followed by b; 2 * a scales what a gives."""

    __slots__ = ("__dict__",)

    def __mul__(self, after):
        return [self, after]

    def __call__(self, x):
        return self.forward(x)

    def backward(self, delta):
        raise NotImplementedError


class FCLayer(Layer):
    """Fully connected: X W + b."""

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
        """(N, in) -> (N, out)."""
        self.Input = Input
        return Input @ self.W + self.b

    def backward(self, delta):
        """Sets grad_W and grad_b, gives the derivative by the input."""
        self.grad_W = self.Input.T @ delta
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        return delta @ self.W.T


class ReLULayer(Layer):
    """max(x, 0)."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """Entry by entry."""
        self.Input = Input
        return np.maximum(Input, 0)

    def backward(self, delta):
        """delta where the input was positive."""
        return delta * (self.Input > 0)


class SigmoidLayer(Layer):
    """1 / (1 + exp(-x))."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """Entry by entry, with an exponential that never overflows."""
        self.output = 0.5 * (1 + np.tanh(0.5 * Input))
        return self.output

    def backward(self, delta):
        """delta z (1 - z)."""
        return delta * self.output * (1 - self.output)


class EuclideanLossLayer:
    """Half the mean square of the difference."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """1/(2N) sum (logit - gt)^2."""
        self.difference = logit - gt
        self.acc = np.mean(logit.argmax(axis=1) == gt.argmax(axis=1))
        self.loss = np.sum(self.difference**2) / (2 * len(gt))
        return self.loss

    def backward(self):
        """(logit - gt) / N."""
        return self.difference / len(self.difference)


class SoftmaxCrossEntropyLossLayer:
    """Cross-entropy of a softmax."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """-1/N sum gt log softmax(logit)."""
        shifted = logit - logit.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p, self.gt = np.exp(log_p), gt
        self.acc = np.mean(logit.argmax(axis=1) == gt.argmax(axis=1))
        self.loss = -np.sum(gt * log_p) / len(gt)
        return self.loss

    def backward(self):
        """(p - gt) / N."""
        return (self.p - self.gt) / len(self.gt)


class SGD:
    """Descent with weight decay."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        """Changes W and b of every trainable layer."""
        for layer in model.layerList:
            if layer.trainable:
                layer.W *= 1 - self.learningRate * self.weightDecay
                layer.W -= self.learningRate * layer.grad_W
                layer.b = layer.b - self.learningRate * layer.grad_b
