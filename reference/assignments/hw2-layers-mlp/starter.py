"""Layers of a multi-layer perceptron. Write the bodies; keep the names, the order of the arguments and the attributes.

All arrays are float64. N examples are N rows. The constructors are written for you. The handout says what each method
must give; what forward sees and backward needs, keep in self.
"""

import numpy as np


class FCLayer:
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
        raise NotImplementedError

    def backward(self, delta):
        """Sets grad_W and grad_b, gives the derivative by the input."""
        raise NotImplementedError


class ReLULayer:
    """max(x, 0)."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """Entry by entry."""
        raise NotImplementedError

    def backward(self, delta):
        """delta where the input was positive."""
        raise NotImplementedError


class SigmoidLayer:
    """1 / (1 + exp(-x))."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """Entry by entry, with an exponential that never overflows."""
        raise NotImplementedError

    def backward(self, delta):
        """delta z (1 - z)."""
        raise NotImplementedError


class EuclideanLossLayer:
    """Half the mean square of the difference."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """1/(2N) sum (logit - gt)^2."""
        raise NotImplementedError

    def backward(self):
        """(logit - gt) / N."""
        raise NotImplementedError


class SoftmaxCrossEntropyLossLayer:
    """Cross-entropy of a softmax."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """-1/N sum gt log softmax(logit)."""
        raise NotImplementedError

    def backward(self):
        """(p - gt) / N."""
        raise NotImplementedError


class SGD:
    """Descent with weight decay."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        """Changes W and b of every trainable layer."""
        raise NotImplementedError
