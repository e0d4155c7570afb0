"""PyTorch-like layers: each saves what backward needs; einsum, a sigmoid in two halves, log-sum-exp, class numbers."""

import numpy as np


def stable_sigmoid(x):
    # exp only ever sees numbers <= 0
    out = np.empty(x.shape)
    pos = x >= 0
    neg = ~pos
    out[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
    ez = np.exp(x[neg])
    out[neg] = ez / (1.0 + ez)
    return out


def log_sum_exp(scores, dim):
    # like torch.logsumexp with keepdim=True
    biggest = np.max(scores, axis=dim, keepdims=True)
    total = np.sum(np.exp(scores - biggest), axis=dim, keepdims=True)
    return biggest + np.log(total)


def accuracy(logit, gt):
    return np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))


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
        self.saved = Input
        out = np.dot(Input, self.W)
        out = out + self.b
        return out

    def backward(self, delta):
        x = self.saved
        # delta has the 1/N already, so only sums over n here
        self.grad_W = np.einsum("nd,nh->dh", x, delta)
        self.grad_b = delta.sum(axis=0).reshape(1, -1)
        dx = np.dot(delta, self.W.T)
        return dx


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.active = Input > 0
        return np.where(self.active, Input, 0.0)

    def backward(self, delta):
        grad = delta.copy()
        grad[~self.active] = 0.0  # switched off units get nothing
        return grad


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.z = stable_sigmoid(Input)
        return self.z

    def backward(self, delta):
        z = self.z
        dz = z * (1.0 - z)
        return delta * dz


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.err = logit - gt
        self.n = logit.shape[0]
        self.acc = accuracy(logit, gt)
        per_example = 0.5 * np.sum(self.err ** 2, axis=1)
        self.loss = per_example.mean()
        return self.loss

    def backward(self):
        return self.err / self.n


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        batch = logit.shape[0]
        # one-hot -> class numbers
        self.labels = np.argmax(gt, axis=1)
        log_probs = logit - log_sum_exp(logit, 1)
        self.probs = np.exp(log_probs)
        self.acc = accuracy(logit, gt)
        self.loss = -log_probs[np.arange(batch), self.labels].mean()
        return self.loss

    def backward(self):
        batch = self.probs.shape[0]
        grad = self.probs.copy()
        grad[np.arange(batch), self.labels] -= 1.0
        return grad / batch


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        lr = self.learningRate
        for layer in model.layerList:
            if not layer.trainable:
                continue
            # decay on the weights, not on the bias
            direction = layer.grad_W + self.weightDecay * layer.W
            layer.W = layer.W - lr * direction
            layer.b = layer.b - lr * layer.grad_b
