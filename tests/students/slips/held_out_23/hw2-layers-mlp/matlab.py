import numpy as np
from numpy import ones, zeros, exp, log, sqrt, size


class FCLayer:
    # y = [x 1] * [W; b]
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output) / sqrt(num_input)
        if actFunction == 'relu':
            self.W = self.W * sqrt(2)
        self.b = zeros((1, num_output))
        self.grad_W = zeros((num_input, num_output))
        self.grad_b = zeros((1, num_output))

    def forward(self, Input):
        m = size(Input, 0)
        self.A = np.hstack([Input, ones((m, 1))])       # m x (D+1)
        Theta = np.vstack([self.W, self.b])             # (D+1) x H
        return self.A @ Theta

    def backward(self, delta):
        G = (delta.T @ self.A).T                        # (D+1) x H
        self.grad_W = G[:-1, :]
        self.grad_b = G[-1:, :]
        return (self.W @ delta.T).T


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Z = Input.T
        return ((self.Z + abs(self.Z)) / 2).T

    def backward(self, delta):
        g = (np.sign(self.Z) + 1) // 2                   # 1 or 0 (0 at 0)
        return (g * delta.T).T


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # sigm(x) = (tanh(x/2) + 1)/2, tanh cannot overflow
        self.t = np.tanh(Input / 2)
        return (self.t + 1) / 2

    def backward(self, delta):
        # d/dx = (1 - t^2)/4
        return (1 - self.t ** 2) / 4 * delta


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0
        self.acc = 0

    def forward(self, logit, gt):
        self.m = size(logit, 0)
        self.E = logit.T - gt.T                         # C x m
        self.loss = np.trace(self.E.T @ self.E) / 2 / self.m
        self.acc = np.sum(np.argmax(logit.T, 0) == np.argmax(gt.T, 0)) / self.m
        return self.loss

    def backward(self):
        return (1 / self.m) * self.E.T


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0
        self.acc = 0

    def forward(self, logit, gt):
        self.m = size(logit, 0)
        C = size(logit, 1)
        Z = logit.T
        Z = Z - ones((C, 1)) @ np.max(Z, axis=0)[None, :]
        lse = log(ones((1, C)) @ exp(Z))                # 1 x m
        L = Z - ones((C, 1)) @ lse                      # log probabilities
        self.H = exp(L)
        self.Y = gt.T
        self.loss = -np.sum(np.sum(self.Y * L, axis=0)) / self.m
        self.acc = np.sum(np.argmax(Z, 0) == np.argmax(self.Y, 0)) / self.m
        return self.loss

    def backward(self):
        D = self.H - self.Y
        return D.T / self.m


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        a, wd = self.learningRate, self.weightDecay
        for k in range(0, len(model.layerList)):
            L = model.layerList[k]
            if L.trainable == True:
                L.W = (1 - a * wd) * L.W - a * L.grad_W
                L.b = L.b - a * L.grad_b
