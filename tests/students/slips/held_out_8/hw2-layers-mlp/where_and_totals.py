"""Activations by np.where and by two halves, cross-entropy from the row totals, one helper for both updates of SGD."""

import numpy as np


def largest_of_rows(scores):
    """(N, C) -> (N, 1)"""
    return scores.max(axis=1, keepdims=True)


def share_right(scores, gt):
    """Accuracy of a batch, only for printing."""
    guess = np.argmax(scores, axis=1)
    truth = np.argmax(gt, axis=1)
    return np.mean(guess == truth)


class FCLayer:
    """y = x W + b"""

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
        # the weights' gradient needs the input again
        self.x = Input
        out = np.dot(Input, self.W)
        out = out + self.b
        return out

    def backward(self, delta):
        # dL/dW[i, j] = sum over the batch of x[n, i] delta[n, j]
        self.grad_W = np.dot(self.x.T, delta)
        # b is added to every row, so its gradient collects all rows
        column_sums = delta.sum(axis=0)
        self.grad_b = column_sums.reshape(1, -1)
        return np.dot(delta, self.W.T)


class ReLULayer:
    """x where x > 0, else 0"""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.active = Input > 0
        self.out = np.where(self.active, Input, 0.0)
        return self.out

    def backward(self, delta):
        # units that were off pass nothing on
        return np.where(self.active, delta, 0.0)


class SigmoidLayer:
    """1 / (1 + e^-x), written so that e is never raised to a large number"""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        z = np.empty(Input.shape)
        right = Input >= 0
        left = ~right
        z[right] = 1.0 / (1.0 + np.exp(-Input[right]))
        # multiply numerator and denominator by e^x on the left half
        e = np.exp(Input[left])
        z[left] = e / (1.0 + e)
        self.z = z
        return z

    def backward(self, delta):
        slope = self.z * (1.0 - self.z)
        return delta * slope


class EuclideanLossLayer:
    """Half of the squared distance, averaged over the batch"""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.batch = logit.shape[0]
        self.error = logit - gt
        distance = np.sum(self.error * self.error, axis=1)
        self.loss = 0.5 * np.mean(distance)
        self.acc = share_right(logit, gt)
        return self.loss

    def backward(self):
        return self.error / self.batch


class SoftmaxCrossEntropyLossLayer:
    """-log p[label] = log(sum of e^s) - s[label], averaged over the batch"""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.batch = logit.shape[0]
        self.gt = gt
        # e^(largest) would overflow; the shift cancels in p and in the loss
        s = logit - largest_of_rows(logit)
        exps = np.exp(s)
        totals = np.sum(exps, axis=1, keepdims=True)
        self.p = exps / totals
        label_score = np.sum(gt * s, axis=1, keepdims=True)
        per_example = np.log(totals) - label_score
        self.loss = np.sum(per_example) / self.batch
        self.acc = share_right(logit, gt)
        return self.loss

    def backward(self):
        dlogit = self.p - self.gt
        return dlogit / self.batch


class SGD:
    """Plain gradient descent with weight decay on W"""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def moved(self, value, gradient, decay):
        """The parameter after one step."""
        direction = gradient + decay * value
        return value - self.learningRate * direction

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue  # activations have no weights
            layer.W = self.moved(layer.W, layer.grad_W, self.weightDecay)
            # no decay on the bias
            layer.b = self.moved(layer.b, layer.grad_b, 0.0)
