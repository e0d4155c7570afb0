# HW2 part 3/4 - MLP layers
import numpy as np


class FCLayer:
    """ Fully connected layer """

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        self.Input = None

    def forward(self, Input):
        self.Input = Input   # need this for grad_W
        return np.dot(Input, self.W) + self.b

    def backward(self, delta):
        # dL/dW = X^T * delta
        self.grad_W = np.dot(self.Input.T, delta)
        # dL/db = sum over the batch
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        # pass to the previous layer
        return np.dot(delta, self.W.T)


class ReLULayer:
    """ ReLU """

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Input = Input
        self.output = np.maximum(0, Input)
        return self.output

    def backward(self, delta):
        grad = delta.copy()
        grad[self.Input <= 0] = 0
        return grad


class SigmoidLayer:
    """ Sigmoid """

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Input = Input
        # clip so exp does not overflow
        self.sig = 1.0 / (1.0 + np.exp(-np.clip(Input, -500, 500)))
        return self.sig

    def backward(self, delta):
        return delta * self.sig * (1 - self.sig)


class EuclideanLossLayer:
    """ Euclidean loss """

    def __init__(self):
        self.acc = 0.
        self.loss = 0.

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        N = logit.shape[0]
        # accuracy
        self.acc = np.sum(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)) / N
        # loss
        self.loss = 0.5 * np.sum(np.square(logit - gt)) / N
        return self.loss

    def backward(self):
        num = self.logit.shape[0]
        return (self.logit - self.gt) / num


class SoftmaxCrossEntropyLossLayer:
    """ Softmax + cross entropy """

    def __init__(self):
        self.acc = 0.
        self.loss = 0.
        self.eps = 1e-12  # so we never take log(0)

    def forward(self, logit, gt):
        # softmax
        shifted = logit - np.max(logit, axis=1, keepdims=True)
        exp = np.exp(shifted)
        self.prob = exp / np.sum(exp, axis=1, keepdims=True)
        self.gt = gt
        # accuracy
        pred = np.argmax(self.prob, axis=1)
        self.acc = np.mean(pred == np.argmax(gt, axis=1))
        # cross entropy
        self.loss = -np.sum(gt * np.log(self.prob + self.eps)) / logit.shape[0]
        return self.loss

    def backward(self):
        batch_size = self.gt.shape[0]
        return (self.prob - self.gt) / batch_size


class SGD:
    """ SGD optimizer with weight decay """

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for layer in layers:
            if layer.trainable:
                # W <- W - lr * (dW + lambda * W)
                diff_W = -self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                diff_b = -self.learningRate * layer.grad_b
                layer.W = layer.W + diff_W
                layer.b = layer.b + diff_b
