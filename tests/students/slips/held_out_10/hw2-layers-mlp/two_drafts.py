"""
HW2 layers, merged from layers_v1.py and layers_final.py
"""
import copy
import numpy as np
from collections import OrderedDict

EPSILON = 1e-11     # v1 used this inside the log
BATCH_SIZE = 100
MOMENTUM = 0.9      # not in this homework


def softmax(x):
    # v1, only used by predict below
    exp = np.exp(x - np.max(x, axis=1, keepdims=True))
    return exp / np.sum(exp, axis=1, keepdims=True)


def sigmoid(x):
    # np.exp(-x) gives a warning for very negative x, so cut it there (the value is 0 to 200 digits anyway)
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_derivative(z):
    return z - z * z


class FCLayer():
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.actFunction = actFunction
        self.XavierInit()
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))
        self.diff_W = None     # momentum of v1
        self.diff_b = None

    def XavierInit(self):
        raw_std = (2 / (self.num_input + self.num_output)) ** 0.5
        if self.actFunction == 'relu':
            init_std = (2 / self.num_input) ** 0.5
        elif self.actFunction == 'sigmoid':
            init_std = raw_std
        else:
            init_std = raw_std
        self.W = np.random.normal(0, init_std, (self.num_input, self.num_output))
        self.b = np.zeros((1, self.num_output))

    def forward(self, Input):
        self.Input = Input
        self.out = np.dot(Input, self.W)
        self.out = self.out + self.b
        return self.out

    def backward(self, delta):
        n = delta.shape[0]
        grad_W = np.zeros(self.W.shape)
        grad_b = np.zeros(self.W.shape[1])
        for i in range(n):
            grad_W += np.outer(self.Input[i], delta[i])
            grad_b += delta[i]
        self.grad_W = grad_W
        self.grad_b = grad_b[np.newaxis, :]
        # self.grad_W = self.Input.T.dot(delta)   # same, from v1
        return np.dot(self.W, delta.T).T


class ReLULayer():
    def __init__(self):
        self.trainable = False
        self.Input = None

    def forward(self, Input):
        self.Input = Input
        output = Input.copy()
        output[output < 0] = 0
        return output

    def backward(self, delta):
        grad = np.array(delta)
        grad[self.Input <= 0] = 0
        return grad


class SigmoidLayer():
    def __init__(self):
        self.trainable = False
        self.cache = OrderedDict()

    def forward(self, Input):
        output = sigmoid(Input)
        self.cache['in'] = Input
        self.cache['out'] = output
        return output

    def backward(self, delta):
        z = self.cache['out']
        return sigmoid_derivative(z) * delta


class LossLayer():
    """what both losses have in common"""

    def __init__(self):
        self.acc = 0.
        self.loss = 0.
        self.logit = None
        self.gt = None

    def remember(self, logit, gt):
        self.logit = logit
        self.gt = gt
        self.N = len(logit)
        right = np.argmax(logit, axis=1) == np.argmax(gt, axis=1)
        self.acc = np.sum(right) / self.N


class EuclideanLossLayer(LossLayer):
    def forward(self, logit, gt):
        self.remember(logit, gt)
        total = 0.
        for y, t in zip(logit, gt):
            total += np.dot(y - t, y - t) / 2
        self.loss = total / self.N
        return self.loss

    def backward(self):
        diff = self.logit - self.gt
        return np.divide(diff, self.N)


class SoftmaxCrossEntropyLossLayer(LossLayer):
    def forward(self, logit, gt):
        self.remember(logit, gt)
        biggest = np.max(logit, axis=1).reshape(-1, 1)
        shifted = logit - biggest
        exps = np.exp(shifted)
        sums = exps.sum(axis=1).reshape(-1, 1)
        self.prob = exps / sums
        # pick the logit of the right class, log(prob) = shifted - log(sums)
        label = np.argmax(gt, axis=1)
        picked = shifted[np.arange(self.N), label] - np.log(sums[:, 0])
        self.loss = -picked.mean()
        return self.loss

    def backward(self):
        grad = copy.copy(self.prob)
        label = np.argmax(self.gt, axis=1)
        np.add.at(grad, (np.arange(self.N), label), -1)
        return grad / self.N


class SGD():
    def __init__(self, learningRate, weightDecay=0.0):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for i in range(len(layers)):
            layer = layers[i]
            if layer.trainable == True:
                diff_W = -self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                diff_b = -self.learningRate * layer.grad_b
                layer.W = layer.W + diff_W
                layer.b = layer.b + diff_b


def predict(model, x):
    # from v1, for the confusion matrix
    for layer in model.layerList:
        x = layer.forward(x)
    return np.argmax(softmax(x), axis=1)


if __name__ == '__main__':
    fc = FCLayer(3, 2)
    print(fc.forward(np.ones((4, 3))))
    print(fc.backward(np.ones((4, 2))))
